package dev.mdp.pipeline.microbatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.CheckpointStatus;
import dev.mdp.core.ledger.LedgerCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdleGroupsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");
  private static final Position END = new Position(900, 0);
  private static final LogBounds LOG =
      new LogBounds(Optional.of(new Position(100, 0)), Optional.of(END), END, 12_345, true);

  private final IdleGroups groups = new IdleGroups();

  @Test
  void stoppedGroupIsNamedOnceAnHourWithWhatItHolds() {
    List<CheckpointStatus> rows =
        List.of(row("tried-once", 200, 61, false), row("alive", 890, 0, true));

    List<String> first = groups.warnings(rows, LOG, NOW);
    List<String> soon = groups.warnings(rows, LOG, NOW.plusSeconds(60));
    List<String> later = groups.warnings(rows, LOG, NOW.plusSeconds(3_601));

    assertThat(first)
        .singleElement()
        .asString()
        .contains(
            "group tried-once",
            "shard 0 of mdp.events",
            "since 2026-01-02T10:59:00Z",
            "12345 entries",
            "mdp stream checkpoints drop --group tried-once --confirm");
    assertThat(soon).isEmpty();
    assertThat(later).hasSize(1);
  }

  @Test
  void whoHasNothingToReadOrHoldsALeaseIsNotIdle() {
    assertThat(groups.warnings(List.of(row("quiet", 900, 600, false)), LOG, NOW)).isEmpty();
    assertThat(groups.warnings(List.of(row("busy", 200, 600, true)), LOG, NOW)).isEmpty();
    assertThat(groups.warnings(List.of(row("young", 200, 59, false)), LOG, NOW)).isEmpty();
  }

  private static CheckpointStatus row(String group, long position, int minutes, boolean leased) {
    Position at = new Position(position, 0);
    return new CheckpointStatus(
        new CheckpointKey(group, "mdp.events", 0),
        1,
        1,
        1,
        null,
        null,
        leased,
        new Checkpoint(at, at, Optional.empty(), List.of(), LedgerCounts.NONE),
        NOW.minus(Duration.ofMinutes(minutes)));
  }
}
