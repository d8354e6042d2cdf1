package dev.mdp.pipeline;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import dev.mdp.pipeline.window.TumblingWindows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// The dead letters of one shard between two commits: published before the checkpoint passes them.
/// One thread.
public final class ShardDeadLetters {
  private final CheckpointKey key;
  private final DeadLetterBuffer buffer;
  private final InstantSource clock;
  private final List<DeadLetter> poison = new ArrayList<>();
  private BooleanSupplier mayWritePoison = () -> false;
  private boolean writesPoison;
  private Instant decidesAt = Instant.MIN;
  private long failed;

  public ShardDeadLetters(CheckpointKey key, DeadLetterBuffer buffer, InstantSource clock) {
    this.key = key;
    this.buffer = buffer;
    this.clock = clock;
  }

  /// Whether what the codec refuses is written here (no tick group is registered) or only counted;
  /// asked now and, while it is so, before each publishing: a tick group that registered meanwhile
  /// writes it alone.
  public void writePoison(BooleanSupplier mayWrite) {
    mayWritePoison = mayWrite;
    writesPoison = mayWrite.getAsBoolean();
  }

  /// For this long, what the codec refuses is left to a tick group that is about to register: on a
  /// first start all workers begin at about the same time.
  public void awaitTickGroup(Duration patience) {
    decidesAt = clock.instant().plus(patience);
  }

  /// Whether it is not known yet who writes what the codec refused: no commit may pass it.
  public boolean isUndecided() {
    return !poison.isEmpty()
        && clock.instant().isBefore(decidesAt)
        && mayWritePoison.getAsBoolean();
  }

  public void malformed(Delivery.Malformed delivery) {
    failed++;
    if (writesPoison) {
      poison.add(
          letter(
                  delivery,
                  delivery.provider(),
                  delivery.reason(),
                  delivery.detail(),
                  List.of(),
                  DeadLetter.NOT_LATE)
              .withData(delivery.data()));
    }
  }

  public void future(Delivery.Decoded delivery, Tick tick) {
    decoded(
        delivery,
        DeadLetter.FUTURE,
        "src_ts "
            + Micros.format(tick.srcMicros())
            + " is "
            + (tick.srcMicros() - delivery.appendMicros()) / 1_000
            + " ms after the log took it; max_future_ms allows less",
        List.of(),
        DeadLetter.NOT_LATE);
  }

  /// @param lateMicros how far the event was behind its lane's watermark
  public void sealed(Delivery.Decoded delivery, List<Interval> missed, long lateMicros) {
    decoded(
        delivery,
        DeadLetter.SEALED,
        "came "
            + lateMicros / 1_000
            + " ms behind its feed, after its window was sealed; `mdp verify bars --repair` folds it in",
        missed.stream().map(Interval::toString).toList(),
        lateMicros / 1_000);
  }

  public void tooManyLanes(Delivery.Decoded delivery) {
    decoded(
        delivery,
        DeadLetter.TOO_MANY_LANES,
        "provider "
            + delivery.event().provider()
            + (delivery.event().lane().isEmpty() ? "" : ", lane " + delivery.event().lane())
            + " would be one lane more than the "
            + TumblingWindows.MAX_LANES
            + " that a shard may have; ended and silent lanes make room when the log is trimmed past them",
        List.of(),
        DeadLetter.NOT_LATE);
  }

  public void intervalConflict(Delivery.Decoded delivery, Bar bar) {
    decoded(
        delivery,
        DeadLetter.INTERVAL_CONFLICT,
        "a bar of interval "
            + bar.interval()
            + " came, but this worker builds that interval from ticks",
        List.of(bar.interval().toString()),
        DeadLetter.NOT_LATE);
  }

  /// Whether a letter waits to be published.
  public boolean holdsLetters() {
    return buffer.holdsLetters() || !poison.isEmpty();
  }

  /// Publishes what waits; returns how many entries became dead letters since the last time.
  public long publish() {
    if (!poison.isEmpty()) {
      writesPoison = mayWritePoison.getAsBoolean();
      if (writesPoison) {
        poison.forEach(buffer::add);
      }
      poison.clear();
    }
    buffer.publish();
    long entries = failed;
    failed = 0;
    return entries;
  }

  /// Forgets what waits: the entries come again.
  public void discard() {
    buffer.discard();
    poison.clear();
    failed = 0;
  }

  public void close() {
    buffer.close();
  }

  private void decoded(
      Delivery.Decoded delivery,
      String reason,
      String detail,
      List<String> intervals,
      long lateMillis) {
    failed++;
    buffer.add(
        letter(delivery, delivery.event().provider(), reason, detail, intervals, lateMillis),
        delivery.event());
  }

  private DeadLetter letter(
      Delivery delivery,
      String provider,
      String reason,
      String detail,
      List<String> intervals,
      long lateMillis) {
    return new DeadLetter(
        key.group(),
        key.topic(),
        key.shard(),
        delivery.position(),
        provider,
        reason,
        detail,
        intervals,
        new byte[0],
        Micros.of(clock.instant()),
        lateMillis);
  }
}
