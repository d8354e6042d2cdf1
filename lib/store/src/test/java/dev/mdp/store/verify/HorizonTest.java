package dev.mdp.store.verify;

import static dev.mdp.store.verify.Progress.MINUTE;
import static dev.mdp.store.verify.Progress.PROVIDER;
import static dev.mdp.store.verify.Progress.TWO_SECONDS;
import static dev.mdp.store.verify.Progress.at;
import static dev.mdp.store.verify.Progress.bars;
import static dev.mdp.store.verify.Progress.elsewhere;
import static dev.mdp.store.verify.Progress.lane;
import static dev.mdp.store.verify.Progress.laneAppended;
import static dev.mdp.store.verify.Progress.laneOf;
import static dev.mdp.store.verify.Progress.row;
import static dev.mdp.store.verify.Progress.ticks;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.audit.AuditScope;
import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.event.Interval;
import dev.mdp.store.checkpoints.CheckpointRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HorizonTest {
  private static final long NOW = at(100_000);

  @Test
  void aWindowIsOpenFromWhatIsSealedToTheWatermark() {
    WindowRule rule = rule(TWO_SECONDS, bars("5-0", lane("", 100, 88)), ticks("5-0"));

    assertThat(isOpen(rule, 86)).isFalse();
    assertThat(isOpen(rule, 88)).isTrue();
    assertThat(isOpen(rule, 100)).isTrue();
    assertThat(isOpen(rule, 102)).isFalse();
  }

  @Test
  void aReplayThatHasNotComeSoFarKeepsNothingOpenThere() {
    WindowRule rule =
        rule(
            TWO_SECONDS, bars("5-0", lane("", 1_000, 988), lane("replay", 200, 188)), ticks("5-0"));

    assertThat(isOpen(rule, 186)).isFalse();
    assertThat(isOpen(rule, 190)).isTrue();
    assertThat(isOpen(rule, 500)).isFalse();
    assertThat(isOpen(rule, 990)).isTrue();
  }

  @Test
  void positionsAreComparedAsNumbers() {
    assertThat(rule(TWO_SECONDS, bars("10-0", lane("", 10, 2)), ticks("9-0")).behind()).isTrue();
    assertThat(rule(TWO_SECONDS, bars("9-0", lane("", 10, 2)), ticks("10-0")).behind()).isFalse();
    assertThat(rule(TWO_SECONDS, bars("9-10", lane("", 10, 2)), ticks("9-9")).behind()).isTrue();
  }

  @Test
  void withoutATickWorkerNothingCanBeJudged() {
    Horizon horizon = horizon(true, bars("5-0", lane("", 10, 2)));

    assertThat(rule(TWO_SECONDS, bars("5-0", lane("", 10, 2))).behind()).isTrue();
    assertThat(horizon.behind(Optional.empty()))
        .singleElement()
        .asString()
        .contains("start mdp stream ticks");
  }

  @Test
  void anAddedIntervalIsOwedOnlyFromWhereItBegins() {
    WindowRule rule =
        rule(
            TWO_SECONDS, bars("5-0", lane("", 100, 88, Map.of(TWO_SECONDS, at(50)))), ticks("5-0"));

    assertThat(rule.owedFrom()).isEqualTo(at(50));
  }

  @Test
  void aProviderWhoseLanesAreForgottenIsOwedAllItsBars() {
    WindowRule rule = rule(TWO_SECONDS, bars("5-0"), ticks("5-0"));

    assertThat(rule.owedFrom()).isLessThan(at(0));
    assertThat(rule.open()).isEmpty();
  }

  @Test
  void noWorkerOwesAnIntervalThatNobodyBuilds() {
    WindowRule rule = rule(MINUTE, bars("5-0", lane("", 100, 88)), ticks("5-0"));

    assertThat(rule.owedFrom()).isEqualTo(Long.MAX_VALUE);
    assertThat(isOpen(rule, 60)).isTrue();
    assertThat(isOpen(rule, 0)).isFalse();
  }

  @Test
  void anEndedLaneKeepsNoIntervalOpen() {
    WindowRule rule = rule(MINUTE, bars("5-0", lane("replay", 101, 102)), ticks("5-0"));

    assertThat(isOpen(rule, 60)).isFalse();
    assertThat(isOpen(rule, 0)).isFalse();
  }

  @Test
  void unsealedWindowsAreVerifiedOnlyWhenTheirTicksAreOldEnough() {
    WindowRule rule = rule(TWO_SECONDS, bars("5-0", lane("", 1_000, 988)), ticks("6-0"));

    assertThat(rule.mayBeUnread(at(900), at(999))).as("sealed").isFalse();
    assertThat(rule.mayBeUnread(at(2_000), at(960))).as("stored long ago").isFalse();
    assertThat(rule.mayBeUnread(at(2_000), at(990))).as("just stored").isTrue();
  }

  @Test
  void whereBothGroupsAreAtTheSameEntryOnlyFreshTicksAreDoubted() {
    WindowRule rule = rule(TWO_SECONDS, bars("6-0"), ticks("6-0"));

    assertThat(rule.mayBeUnread(at(2_000), NOW - 60_000_000)).isFalse();
    assertThat(rule.mayBeUnread(at(2_000), NOW - 1_000_000)).isTrue();
  }

  @Test
  void aWorkerThatHasReadNothingYetMakesOnlyFreshTicksDoubtful() {
    WindowRule rule = rule(TWO_SECONDS, row("micro-batcher", "0-0", List.of()), ticks("6-0"));

    assertThat(rule.mayBeUnread(at(0), at(1))).isFalse();
    assertThat(rule.mayBeUnread(at(0), NOW - 1_000_000)).isTrue();
  }

  @Test
  void aGroupThatHasReadNothingOfTheProviderDecidesNothing() {
    CheckpointRow stray =
        elsewhere("other-micro-batcher", List.of(MINUTE), "9-0", laneOf("another", 300, 200));
    CheckpointRow[] rows = {bars("5-0", lane("", 100, 88)), ticks("5-0"), stray};
    WindowRule rule = rule(TWO_SECONDS, rows);
    Horizon horizon = horizon(true, rows);

    assertThat(rule.behind()).isFalse();
    assertThat(isOpen(rule, 200)).isFalse();
    assertThat(rule(MINUTE, rows).owedFrom()).isEqualTo(Long.MAX_VALUE);
    assertThat(horizon.intervals(PROVIDER)).containsExactly(TWO_SECONDS);
    assertThat(horizon.behind(Optional.of(PROVIDER))).isEmpty();
    assertThat(horizon.behind(Optional.empty()))
        .singleElement()
        .asString()
        .contains("shard 0 of other.events", "--group other-micro-batcher --confirm");
  }

  @Test
  void aGroupThatNeverReadAnythingIsNotBehind() {
    CheckpointRow[] rows = {
      bars("5-0", lane("", 100, 88)), ticks("5-0"), elsewhere("x-micro-batcher", List.of(), "9-0")
    };

    assertThat(horizon(false, rows).behind(Optional.empty())).isEmpty();
    assertThat(horizon(false, rows).stuck(Optional.empty())).isEmpty();
    assertThat(rule(TWO_SECONDS, rows).behind()).isFalse();
  }

  @Test
  void aGroupWithAReplayOfTheProviderCounts() {
    CheckpointRow replay =
        elsewhere("x-micro-batcher", List.of(TWO_SECONDS), "9-0", lane("replay", 300, 200));

    WindowRule rule = rule(TWO_SECONDS, bars("5-0", lane("", 100, 88)), ticks("5-0"), replay);

    assertThat(rule.behind()).isTrue();
    assertThat(isOpen(rule, 250)).isTrue();
  }

  @Test
  void ticksThatNobodyStoresAreNotWaitedFor() {
    CheckpointRow[] rows = {bars("9-0", lane("", 99_990, 99_980)), ticks("5-0")};

    assertThat(horizon(true, rows).stuck(Optional.of(PROVIDER))).isEmpty();
    assertThat(horizon(true, rows).behind(Optional.of(PROVIDER)))
        .singleElement()
        .asString()
        .startsWith("pending: ");
    assertThat(horizon(false, rows).stuck(Optional.of(PROVIDER))).hasSize(1);
    assertThat(horizon(false, rows).behind(Optional.of(PROVIDER)))
        .singleElement()
        .asString()
        .startsWith("unverified: ");
    Horizon dead = horizon(false, rows);
    assertThat(dead.rule(dead.of(PROVIDER, "SPY"), PROVIDER, TWO_SECONDS).overdueBefore())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aLagThatNeitherGroupHasChangedForLongIsNotWaitedFor() {
    CheckpointRow[] rows = {bars("9-0", lane("", 100, 80)), ticks("5-0")};

    assertThat(horizon(true, rows).stuck(Optional.of(PROVIDER))).hasSize(1);
    assertThat(horizon(at(110), rows).stuck(Optional.of(PROVIDER))).isEmpty();
  }

  @Test
  void aLiveWindowIsOverdueWhenItsEventsAreThatOld() {
    WindowRule rule = rule(TWO_SECONDS, bars("5-0", lane("", 99_990, 88)), ticks("5-0"));

    assertThat(rule.overdueBefore()).isEqualTo(NOW - 600_000_000);
  }

  @Test
  void aLiveFeedOfOldEventsIsOverdueByTheTimeItsEntriesCame() {
    WindowRule rule =
        rule(TWO_SECONDS, bars("5-0", laneAppended("", 100, 88, 99_990)), ticks("5-0"));

    assertThat(rule.overdueBefore()).isEqualTo(at(100 + 10 - 600));
  }

  @Test
  void aReplayIsOverdueOnceNothingMoreHasCome() {
    WindowRule running =
        rule(TWO_SECONDS, bars("5-0", laneAppended("r", 100, 88, 99_990)), ticks("5-0"));
    WindowRule killed = rule(TWO_SECONDS, bars("5-0", lane("r", 100, 88)), ticks("5-0"));

    assertThat(running.overdueBefore()).isLessThan(at(0));
    assertThat(killed.overdueBefore()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void windowsOfAGroupThatStoppedLongAgoAreNotWaitedFor() {
    Horizon horizon = horizon(true, bars("5-0", lane("", 100, 88)), ticks("5-0"));

    assertThat(horizon.isSealed(scope(PROVIDER, 0, 200))).isTrue();
  }

  @Test
  void withoutCheckpointsEverythingIsJudgedAndNothingOwed() {
    WindowRule rule = rule(TWO_SECONDS);

    assertThat(rule.behind()).isFalse();
    assertThat(rule.mayBeUnread(at(0), NOW)).isFalse();
    assertThat(rule.owedFrom()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aScopeIsSealedWhenNoLaneOfItsProviderHasAWindowOpenThere() {
    Horizon live = horizon(at(110), bars("5-0", lane("", 100, 88)), ticks("5-0"));
    Horizon ended = horizon(at(110), bars("5-0", lane("r", 101, 102)), ticks("5-0"));

    assertThat(live.isSealed(scope(PROVIDER, 0, 88))).isTrue();
    assertThat(live.isSealed(scope(PROVIDER, 0, 89))).isFalse();
    assertThat(live.isSealed(scope(PROVIDER, 101, 200))).isTrue();
    assertThat(live.isSealed(scope("other", 0, 200))).isTrue();
    assertThat(ended.isSealed(scope(PROVIDER, 0, 200))).isTrue();
  }

  @Test
  void aSilentLaneWhoseLongerWindowIsOpenIsNotOver() {
    Interval fiveMinutes = Interval.parse("5m");
    LaneProgress silent =
        new LaneProgress(
            PROVIDER,
            "",
            at(100),
            at(100),
            Position.parse("7-0"),
            new TreeMap<>(Map.of(TWO_SECONDS, at(102), MINUTE, at(60))),
            new TreeMap<>(),
            false,
            0);

    CheckpointRow row = row("g-micro-batcher", "5-0", List.of(TWO_SECONDS, MINUTE), silent);

    assertThat(rule(MINUTE, row).openIn(at(60), at(120))).isNotEmpty();
    assertThat(rule(fiveMinutes, row).openIn(at(0), at(300))).isNotEmpty();
    assertThat(rule(TWO_SECONDS, row).openIn(at(0), at(300))).isEmpty();
  }

  @Test
  void nobodyOwesWhatStartsWhileAnIntervalWasRemoved() {
    LaneProgress lane =
        new LaneProgress(
            PROVIDER,
            "",
            at(100),
            at(100),
            Position.parse("7-0"),
            new TreeMap<>(Map.of(TWO_SECONDS, at(88))),
            new TreeMap<>(Map.of(TWO_SECONDS, at(60))),
            false,
            false,
            0,
            LaneProgress.BEFORE_ALL,
            new TreeMap<>(Map.of(TWO_SECONDS, List.of(new LaneProgress.NotBuilt(at(30), at(60))))));

    WindowRule rule =
        rule(TWO_SECONDS, row("g-micro-batcher", "5-0", List.of(TWO_SECONDS, MINUTE), lane));

    assertThat(rule.owedFrom()).isEqualTo(at(60));
    assertThat(rule.wasBuilt(at(28))).isTrue();
    assertThat(rule.wasBuilt(at(30))).isFalse();
    assertThat(rule.wasBuilt(at(58))).isFalse();
    assertThat(rule.wasBuilt(at(60))).isTrue();
  }

  private static AuditScope scope(String provider, long from, long to) {
    return new AuditScope(Optional.of(provider), List.of(), List.of(), at(from), at(to));
  }

  private static Horizon horizon(boolean ticksAlive, CheckpointRow... rows) {
    return new Horizon(List.of(rows), NOW, ticksAlive, Horizon.PENDING_OK);
  }

  private static Horizon horizon(long now, CheckpointRow... rows) {
    return new Horizon(List.of(rows), now, true, Horizon.PENDING_OK);
  }

  private static WindowRule rule(Interval interval, CheckpointRow... rows) {
    Horizon horizon = horizon(true, rows);
    return horizon.rule(horizon.of(PROVIDER, "SPY"), PROVIDER, interval);
  }

  private static boolean isOpen(WindowRule rule, long seconds) {
    return !rule.openIn(at(seconds), at(seconds) + 1).isEmpty();
  }
}
