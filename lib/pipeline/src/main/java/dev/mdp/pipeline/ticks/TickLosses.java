package dev.mdp.pipeline.ticks;

import dev.mdp.core.bus.LostEntries;
import dev.mdp.core.bus.Position;
import dev.mdp.core.metrics.Metrics;
import dev.mdp.core.store.CheckpointStatus;
import java.util.List;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells and counts what the log lost before the tick group could store it. One thread.
final class TickLosses {
  private static final Logger LOG = LoggerFactory.getLogger(TickLosses.class);

  private final TickSettings settings;
  private final Metrics metrics;
  private long entriesLost;
  private boolean recreated;

  TickLosses(TickSettings settings, Metrics metrics) {
    this.settings = settings;
    this.metrics = metrics;
  }

  long entriesLost() {
    return entriesLost;
  }

  boolean foundRecreated() {
    return recreated;
  }

  /// What was deleted from the log under the group's hands is nowhere any more.
  void tell(List<LostEntries> all) {
    for (LostEntries lost : all) {
      entriesLost += lost.entries();
      metrics.error("ticks", "entries_lost");
      LOG.error(
          "{}: {} entries of shard {} from {} to {} were trimmed from the log before they were stored: they are"
              + " lost. Nobody but micro-batch should trim the stream",
          settings.group(),
          lost.entries(),
          lost.shard(),
          lost.first(),
          lost.last());
    }
  }

  /// A group whose place on the bus lies before what it has stored was deleted there, with the
  /// stream or alone.
  ///
  /// @param lowWater where the bus has the group, by shard
  void compare(List<CheckpointStatus> rows, IntFunction<Position> lowWater) {
    for (CheckpointStatus row : rows) {
      int shard = row.key().shard();
      if (!row.key().group().equals(settings.group()) || shard >= settings.shards()) {
        continue;
      }
      Position stored = row.checkpoint().position();
      Position now = lowWater.apply(shard);
      if (stored.isAfter(now)) {
        recreated = true;
        LOG.error(
            "{}: shard {} was stored up to {}, but the bus has the group at {}: the stream or the group was"
                + " deleted and created again. Entries that were not stored by then are lost",
            settings.group(),
            shard,
            stored,
            now);
      }
    }
  }
}
