package dev.mdp.ops.prune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.CheckpointStatus;
import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Micros;
import dev.mdp.core.ledger.LedgerCounts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PruneBoundTest {
  private static final long WANTED = Micros.parse("2025-10-24T14:47:13.5Z");

  @Test
  void movesToABoundOfEveryIntervalEvenWhenNoneDividesTheOthers() {
    PruneBound hour = PruneBound.of(WANTED, intervals("2s", "1m", "1h"), List.of());
    PruneBound odd = PruneBound.of(WANTED, intervals("7m", "1h", "1500ms"), List.of());

    assertThat(Micros.instant(hour.micros())).isEqualTo(Instant.parse("2025-10-24T14:00:00Z"));
    assertThat(hour.reasons()).hasSize(1).first().asString().contains("windows of [2s, 1m, 1h]");
    assertThat(odd.micros() % (7 * 3_600_000_000L)).isZero();
    assertThat(odd.micros()).isBetween(WANTED - 7 * 3_600_000_000L, WANTED);
  }

  @Test
  void weeksEndOnMondays() {
    PruneBound weeks = PruneBound.of(WANTED, intervals("1m", "1d", "1w", "2w"), List.of());
    PruneBound odd = PruneBound.of(WANTED, intervals("1w", "3d"), List.of());
    PruneBound never = PruneBound.of(WANTED, intervals("1w", "84h"), List.of());

    assertThat(Micros.instant(weeks.micros())).isEqualTo(Instant.parse("2025-10-13T00:00:00Z"));
    assertThat(Interval.parse("1w").start(odd.micros())).isEqualTo(odd.micros());
    assertThat(Interval.parse("3d").start(odd.micros())).isEqualTo(odd.micros());
    assertThat(odd.micros()).isBetween(WANTED - 21 * 86_400_000_000L, WANTED);
    assertThat(never.micros()).isEqualTo(Micros.MIN);
  }

  @Test
  void withoutAnIntervalItIsWhatWasAskedFor() {
    assertThat(PruneBound.of(WANTED, Set.of(), List.of()))
        .isEqualTo(new PruneBound(WANTED, List.of()));
  }

  @Test
  void intervalsWithoutACommonBoundWithinReachRemoveNothing() {
    PruneBound bound =
        PruneBound.of(WANTED, intervals("366d", "365d", "359d", "86399999ms"), List.of());

    assertThat(bound.micros()).isLessThanOrEqualTo(0);
  }

  @Test
  void isHeldBackByTheLaneThatIsLeastFarUnlessItHasEnded() {
    long live = Micros.parse("2025-10-20T10:31:00Z");
    PruneBound bound =
        PruneBound.of(
            WANTED,
            intervals("1m"),
            List.of(
                checkpoint(
                    lane("fast", "", WANTED + 5, WANTED + 9, false),
                    lane("slow", "", live + 60_000_000, live, false),
                    lane("slow", "replay-1", 0, 0, true))));

    assertThat(bound.micros()).isEqualTo(live);
    assertThat(bound.reasons())
        .containsExactly(
            "held back to 2025-10-20T10:31:00Z: g on t shard 0 needs slow from there on");
  }

  @Test
  void aLaneThatHasSealedNothingHoldsEverything() {
    PruneBound bound =
        PruneBound.of(
            WANTED,
            intervals("1m"),
            List.of(
                checkpoint(
                    lane("new", "", LaneProgress.BEFORE_ALL, LaneProgress.BEFORE_ALL, false))));

    assertThat(bound.micros()).isEqualTo(Micros.MIN);
  }

  private static List<Interval> intervals(String... texts) {
    return List.of(texts).stream().map(Interval::parse).toList();
  }

  private static CheckpointStatus checkpoint(LaneProgress... lanes) {
    return new CheckpointStatus(
        new CheckpointKey("g", "t", 0),
        1,
        1,
        1,
        null,
        null,
        false,
        new Checkpoint(
            Position.START, Position.START, Optional.empty(), List.of(lanes), LedgerCounts.NONE),
        Instant.EPOCH);
  }

  private static LaneProgress lane(
      String provider, String lane, long sealedSecond, long sealedMinute, boolean ended) {
    return new LaneProgress(
        provider,
        lane,
        0,
        0,
        Position.START,
        new TreeMap<>(
            Map.of(Interval.parse("1s"), sealedSecond, Interval.parse("1m"), sealedMinute)),
        new TreeMap<>(),
        ended,
        0);
  }
}
