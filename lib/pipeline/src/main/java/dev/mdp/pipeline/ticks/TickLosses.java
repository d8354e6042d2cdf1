package dev.mdp.pipeline.ticks;

import dev.mdp.core.bus.LostEntries;
import dev.mdp.core.metrics.PipelineMetrics;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells and counts what the log lost before the tick group could store it. One thread.
final class TickLosses {
  private static final Logger LOG = LoggerFactory.getLogger(TickLosses.class);

  private final TickSettings settings;
  private final PipelineMetrics metrics;
  private long entriesLost;

  TickLosses(TickSettings settings, PipelineMetrics metrics) {
    this.settings = settings;
    this.metrics = metrics;
  }

  long entriesLost() {
    return entriesLost;
  }

  /// What was deleted from the log under the group's hands is nowhere any more.
  void tell(List<LostEntries> all) {
    for (LostEntries lost : all) {
      entriesLost += lost.entries();
      metrics.error("ticks", "entries_lost");
      LOG.error(
          "{}: {} entries of shard {} from {} to {} were trimmed from the log before they were stored: they are"
              + " lost. Only micro-batch should trim the stream",
          settings.group(),
          lost.entries(),
          lost.shard(),
          lost.first(),
          lost.last());
    }
  }
}
