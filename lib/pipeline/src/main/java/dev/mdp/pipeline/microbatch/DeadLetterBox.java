package dev.mdp.pipeline.microbatch;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.DeadLetterPublisher;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.CheckpointKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The dead letters of one shard between two commits: published before the checkpoint passes them.
/// One thread.
final class DeadLetterBox {
  private final CheckpointKey key;
  private final DeadLetterPublisher publisher;
  private final Function<MarketEvent, byte[]> encoder;
  private final InstantSource clock;
  private final List<DeadLetter> waiting = new ArrayList<>();
  private boolean writesPoison;
  private long failed;

  DeadLetterBox(
      CheckpointKey key,
      DeadLetterPublisher publisher,
      Function<MarketEvent, byte[]> encoder,
      InstantSource clock) {
    this.key = key;
    this.publisher = publisher;
    this.encoder = encoder;
    this.clock = clock;
  }

  /// Whether what the codec refuses is written here (no tick group is registered) or only counted.
  void writePoison(boolean writes) {
    writesPoison = writes;
  }

  void malformed(Delivery.Malformed delivery) {
    failed++;
    if (writesPoison) {
      add(
          delivery,
          delivery.provider(),
          delivery.reason(),
          delivery.detail(),
          List.of(),
          delivery.data());
    }
  }

  void future(Delivery.Decoded delivery, Tick tick) {
    failed++;
    add(
        delivery,
        tick.provider(),
        DeadLetter.FUTURE,
        "src_ts "
            + Micros.format(tick.srcMicros())
            + " lies "
            + (tick.srcMicros() - delivery.appendMicros()) / 1_000
            + " ms after the log took it; max_future_ms allows less",
        List.of(),
        encoder.apply(tick));
  }

  void sealed(Delivery.Decoded delivery, List<Interval> missed) {
    failed++;
    add(
        delivery,
        delivery.event().provider(),
        DeadLetter.SEALED,
        "came after its window was sealed; `mdp verify bars --repair` folds it in",
        missed.stream().map(Interval::toString).toList(),
        encoder.apply(delivery.event()));
  }

  void intervalConflict(Delivery.Decoded delivery, Bar bar) {
    failed++;
    add(
        delivery,
        bar.provider(),
        DeadLetter.INTERVAL_CONFLICT,
        "a bar of interval "
            + bar.interval()
            + " came, but this worker builds that interval from ticks",
        List.of(bar.interval().toString()),
        encoder.apply(delivery.event()));
  }

  /// Publishes what waits; answers how many entries became dead letters since the last time.
  long publish() {
    publisher.publish(List.copyOf(waiting));
    waiting.clear();
    long entries = failed;
    failed = 0;
    return entries;
  }

  /// Forgets what waits: the entries come again.
  void discard() {
    waiting.clear();
    failed = 0;
  }

  void close() {
    publisher.close();
  }

  private void add(
      Delivery delivery,
      String provider,
      String reason,
      String detail,
      List<String> intervals,
      byte[] data) {
    waiting.add(
        new DeadLetter(
            key.group(),
            key.topic(),
            key.shard(),
            delivery.position(),
            provider,
            reason,
            detail,
            intervals,
            data,
            Micros.of(clock.instant())));
  }
}
