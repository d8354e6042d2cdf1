package dev.mdp.pipeline.infer;

import dev.mdp.core.bus.RawPublisher;
import dev.mdp.core.checkpoint.Evaluated;
import dev.mdp.core.checkpoint.SymbolState;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Signal;
import dev.mdp.core.fault.Failpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signals on their way to the bus: they go only when they are committed, and are kept in the store
/// until a later commit says that they went. So none is lost, and some come twice. One thread.
final class Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  private final RawPublisher publisher;
  private final Function<Signal, byte[]> encoder;
  private final TreeMap<Long, List<byte[]>> waiting = new TreeMap<>();
  private long lastNumber;
  private long publishedThrough;
  private long toldThrough;
  private Evaluated offered = NOTHING;
  private boolean toldThatTheyStay;

  private static final Evaluated NOTHING =
      new Evaluated(List.of(), List.of(), List.of(), List.of(), 0, 0);

  Outbox(RawPublisher publisher, Function<Signal, byte[]> encoder) {
    this.publisher = publisher;
    this.encoder = encoder;
  }

  /// What a former owner committed and did not say to have published.
  void restore(SortedMap<Long, List<byte[]>> unpublished) {
    waiting.clear();
    waiting.putAll(unpublished);
    lastNumber = unpublished.isEmpty() ? 0 : unpublished.lastKey();
    publishedThrough = 0;
    toldThrough = 0;
    offered = NOTHING;
  }

  /// What the next commit is to hold.
  Evaluated evaluated(
      List<Signal> signals, List<SymbolState> states, List<Evaluated.Lane> forgotten) {
    List<byte[]> payloads = signals.stream().map(encoder).toList();
    offered =
        new Evaluated(
            signals,
            states,
            forgotten,
            payloads,
            lastNumber + 1,
            isUntold() ? publishedThrough : 0);
    return offered;
  }

  /// What was offered is committed.
  void committed() {
    toldThrough = Math.max(toldThrough, offered.publishedThrough());
    if (!offered.outbox().isEmpty()) {
      lastNumber = offered.outboxNumber();
      waiting.put(lastNumber, offered.outbox());
    }
    offered = NOTHING;
  }

  /// Publishes what is committed; throws [dev.mdp.core.error.UnavailableException] when the bus is
  /// away.
  void publish() {
    if (waiting.isEmpty()) {
      return;
    }
    Failpoint.INFER_BEFORE_PUBLISH.pass();
    List<byte[]> all = new ArrayList<>();
    for (Map.Entry<Long, List<byte[]>> each : waiting.entrySet()) {
      all.addAll(each.getValue());
    }
    publisher.publish(0, all);
    publishedThrough = waiting.lastKey();
    waiting.clear();
    Failpoint.INFER_AFTER_PUBLISH.pass();
  }

  /// Whether something was published of which the store does not know.
  boolean isUntold() {
    return publishedThrough > toldThrough;
  }

  /// Takes signals that were published before this time off the topic. That they stay is no reason
  /// to fail.
  void trim(Instant publishedBefore) {
    try {
      publisher.trim(0, publishedBefore);
    } catch (UnavailableException e) {
      LOG.debug("old signals stay on the topic", e);
    } catch (MdpException e) {
      if (!toldThatTheyStay) {
        toldThatTheyStay = true;
        LOG.warn("old signals stay on the topic: {}", e.getMessage());
      }
    }
  }

  void close() {
    publisher.close();
  }
}
