package dev.mdp.store.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.JudgedBy;
import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.event.Interval;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.store.runs.LedgerJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class CheckpointJsonTest {
  @Test
  void lanesComeBackAsTheyWent() {
    List<LaneProgress> lanes =
        List.of(
            new LaneProgress(
                "prov",
                "",
                Long.MIN_VALUE,
                1_760_000_000_123_456L,
                new Position(7, 8),
                new TreeMap<>(Map.of(Interval.parse("2s"), 9_007_199_254_740_993L)),
                new TreeMap<>(Map.of(Interval.parse("1m"), -60_000_000L)),
                false,
                0),
            new LaneProgress(
                "prov",
                "replay:1",
                5,
                6,
                Position.START,
                new TreeMap<>(),
                new TreeMap<>(),
                true,
                42));

    assertThat(CheckpointJson.lanes(CheckpointJson.lanes(lanes))).isEqualTo(lanes);
    assertThat(CheckpointJson.lanes(lanes))
        .contains("\"sealed_through\":{\"2s\":9007199254740993}");
  }

  /// Their windows began on Thursdays: what was sealed of them says nothing of a week from Monday.
  @Test
  void sevenDaysOfAnEarlierVersionAreNoWeek() {
    String stored =
        """
        [{"provider": "prov", "lane": "", "watermark": 5, "last_append": 6, "last_position": "5-0",
          "sealed_through": {"7d": 4, "2s": 5}, "begins_at": {"7d": 0}, "ended": false, "conflicting": 0}]
        """;

    LaneProgress lane = CheckpointJson.lanes(stored).getFirst();

    assertThat(lane.sealedThrough()).containsExactly(Map.entry(Interval.parse("2s"), 5L));
    assertThat(lane.beginsAt()).isEmpty();
    assertThat(CheckpointJson.interval("1w")).contains(Interval.parse("1w"));
  }

  @Test
  void aLaneKeepsItsLastSilenceAndWhatWasNotBuilt() {
    List<LaneProgress> lanes =
        List.of(
            new LaneProgress(
                "prov",
                "",
                5,
                6,
                Position.START,
                new TreeMap<>(),
                new TreeMap<>(),
                false,
                false,
                0,
                4,
                new TreeMap<>(
                    Map.of(
                        Interval.parse("2s"),
                        List.of(
                            new LaneProgress.NotBuilt(7, 9),
                            new LaneProgress.NotBuilt(11, LaneProgress.NotBuilt.ON))))));

    assertThat(CheckpointJson.lanes(CheckpointJson.lanes(lanes))).isEqualTo(lanes);
  }

  @Test
  void settingsComeBackAsTheyWent() {
    JudgedBy judged =
        JudgedBy.UNKNOWN.andThen(new Position(5, 1), 2_000_000).andThen(new Position(9, 0), 0);
    JudgedBy withReach = judged.withReach(Optional.of(new JudgedBy.Reach(60, 900, 1_000)));

    assertThat(SettingsJson.read(SettingsJson.write(judged))).isEqualTo(judged);
    assertThat(SettingsJson.read(SettingsJson.write(withReach))).isEqualTo(withReach);
    assertThat(SettingsJson.read("{}")).isEqualTo(JudgedBy.UNKNOWN);
  }

  @Test
  void anAnchorKeepsAllSixtyFourBitsOfItsHash() {
    Optional<LogAnchor> anchor = Optional.of(new LogAnchor(new Position(7, 3), Long.MIN_VALUE + 1));

    assertThat(AnchorJson.read(AnchorJson.write(anchor))).isEqualTo(anchor);
    assertThat(AnchorJson.write(Optional.empty())).isNull();
  }

  @Test
  void aLedgerComesBackAsItWent() {
    LedgerCounts ledger =
        new LedgerCounts(
            new TreeMap<>(
                Map.of(
                    "prov",
                    new LedgerCounts.Entry(
                        3, Map.of(Outcome.AGGREGATED, 2L, Outcome.REVISED_LATE, 1L)))));

    String json = LedgerJson.write(ledger);

    assertThat(json).contains("\"revised-late\":1").contains("\"read\":3");
    assertThat(LedgerJson.read(CheckpointJson.tree(json))).isEqualTo(ledger);
  }
}
