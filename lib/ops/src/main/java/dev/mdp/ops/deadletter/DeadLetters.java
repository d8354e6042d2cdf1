package dev.mdp.ops.deadletter;

import dev.mdp.core.bus.BusInspector;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.LogEntry;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.RawPublisher;
import dev.mdp.core.bus.StoredDeadLetter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// The dead letters of one topic, read page by page. Closes the bus. One thread.
public final class DeadLetters implements AutoCloseable {
  private static final int PAGE = 500;

  private final EventBus bus;
  private final String topic;

  public DeadLetters(EventBus bus, String topic) {
    this.bus = bus;
    this.topic = topic;
  }

  public String topic() {
    return topic;
  }

  /// How many shards the entries may go to.
  public int shards() {
    return bus.inspector().shards(topic);
  }

  /// The newest letter's place, or [Position#START].
  public Position last() {
    return bus.inspector().bounds(stream(), 0).lastEver();
  }

  /// Every stored letter from `first` to `last`, oldest first, a page at a time; a letter that was
  /// written twice comes twice.
  public void pages(Position first, Position last, Consumer<List<DeadLetterView>> consumer) {
    BusInspector inspector = bus.inspector();
    Position next = first;
    while (!next.isAfter(last)) {
      List<LogEntry> entries = inspector.read(stream(), 0, next, PAGE);
      List<DeadLetterView> page = new ArrayList<>(entries.size());
      for (LogEntry entry : entries) {
        if (!entry.position().isAfter(last)) {
          page.add(new DeadLetterView(StoredDeadLetter.of(entry), inspector.decode(entry)));
        }
        next = new Position(entry.position().major(), entry.position().minor() + 1);
      }
      consumer.accept(page);
      if (entries.size() < PAGE) {
        return;
      }
    }
  }

  RawPublisher openEntries() {
    return bus.openRaw(topic);
  }

  /// Deletes stored letters; returns how many there were.
  long delete(List<DeadLetterView> letters) {
    return bus.inspector()
        .delete(stream(), 0, letters.stream().map(each -> each.stored().id()).toList());
  }

  @Override
  public void close() {
    bus.close();
  }

  private String stream() {
    return topic + ".dlq";
  }

  /// Remembers which letters were met, so that a copy counts once. The oldest are forgotten.
  public static final class Met {
    private static final int MOST = 100_000;

    private final Set<DeadLetter.Identity> identities = new LinkedHashSet<>();

    /// Whether this is the first copy.
    public boolean add(DeadLetter.Identity identity) {
      boolean fresh = identities.add(identity);
      if (identities.size() > MOST) {
        identities.remove(identities.iterator().next());
      }
      return fresh;
    }
  }
}
