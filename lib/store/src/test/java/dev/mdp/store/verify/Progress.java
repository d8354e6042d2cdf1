package dev.mdp.store.verify;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.CheckpointStatus;
import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.event.Interval;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.store.checkpoints.CheckpointRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Checkpoints of a shard as its workers would have left them. Times are whole seconds.
final class Progress {
  static final String PROVIDER = "prov";
  static final Interval TWO_SECONDS = Interval.parse("2s");
  static final Interval MINUTE = Interval.parse("1m");

  private Progress() {}

  static long at(long seconds) {
    return 1_760_000_000_000_000L / 60_000_000L * 60_000_000L + seconds * 1_000_000L;
  }

  static CheckpointRow bars(String position, LaneProgress... lanes) {
    return row("g-micro-batcher", position, List.of(TWO_SECONDS), lanes);
  }

  static CheckpointRow ticks(String position) {
    return row("g-tick-consumer", position, List.of());
  }

  static CheckpointRow row(
      String group, String position, List<Interval> intervals, LaneProgress... lanes) {
    return row(group, "mdp.events", position, intervals, lanes);
  }

  /// Of a group that reads another topic.
  static CheckpointRow elsewhere(
      String group, List<Interval> intervals, String position, LaneProgress... lanes) {
    return row(group, "other.events", position, intervals, lanes);
  }

  private static CheckpointRow row(
      String group,
      String topic,
      String position,
      List<Interval> intervals,
      LaneProgress... lanes) {
    return new CheckpointRow(
        new CheckpointStatus(
            new CheckpointKey(group, topic, 0),
            1,
            1,
            1,
            null,
            null,
            false,
            new Checkpoint(
                Position.parse(position),
                Position.parse(position),
                Optional.empty(),
                List.of(lanes),
                LedgerCounts.NONE),
            Instant.EPOCH),
        intervals,
        null,
        true);
  }

  static LaneProgress lane(String name, long watermark, long sealedThrough) {
    return lane(name, watermark, sealedThrough, new TreeMap<>());
  }

  static LaneProgress lane(
      String name, long watermark, long sealedThrough, Map<Interval, Long> beginsAt) {
    return lane(PROVIDER, name, watermark, sealedThrough, watermark, beginsAt);
  }

  static LaneProgress laneOf(String provider, long watermark, long sealedThrough) {
    return lane(provider, "", watermark, sealedThrough, watermark, new TreeMap<>());
  }

  /// Whose entries came at another time than their events.
  static LaneProgress laneAppended(
      String name, long watermark, long sealedThrough, long lastAppend) {
    return lane(PROVIDER, name, watermark, sealedThrough, lastAppend, new TreeMap<>());
  }

  private static LaneProgress lane(
      String provider,
      String name,
      long watermark,
      long sealedThrough,
      long lastAppend,
      Map<Interval, Long> beginsAt) {
    return new LaneProgress(
        provider,
        name,
        at(watermark),
        at(lastAppend),
        Position.parse("7-0"),
        new TreeMap<>(Map.of(TWO_SECONDS, at(sealedThrough))),
        new TreeMap<>(beginsAt),
        false,
        0);
  }
}
