package dev.mdp.testkit.bus;

import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.Publisher;
import dev.mdp.core.event.MarketEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/// What the contract tests of a bus share: every test has its own topic, so that a server can be
/// shared.
public abstract class BusContract {
  protected static final Duration NOW = Duration.ZERO;
  protected final String topic = "contract." + UUID.randomUUID();
  private final List<EventBus> opened = new ArrayList<>();

  /// Opens a bus whose events topic is `topic`.
  protected abstract EventBus open(String topic, int shards);

  /// Appends an entry as another program would, past every encoder.
  protected abstract void appendRaw(String topic, int shard, Map<String, String> fields);

  /// A bus that is closed after the test.
  protected final EventBus bus(int shards) {
    EventBus bus = open(topic, shards);
    opened.add(bus);
    return bus;
  }

  protected final void publish(EventBus bus, List<? extends MarketEvent> events) {
    try (Publisher publisher = bus.openPublisher(topic)) {
      publisher.publish(events);
    }
  }

  @AfterEach
  void closeBuses() {
    opened.forEach(EventBus::close);
  }
}
