package dev.mdp.pipeline.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feature.FeatureKind;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.core.rule.RuleSpec;
import dev.mdp.testkit.Faults;
import dev.mdp.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InferWorkerTest {
  private final ManualClock clock = ManualClock.at("2026-01-05T14:30:00Z");
  private final long start = Micros.of(clock.instant());
  private final EvaluatedShard shard = new EvaluatedShard(clock, Faults.NONE, 100, 1);

  @Test
  void aWindowIsClosedByTheWatermarkAndNotByTime() {
    tick(100, 10);
    tick(900, 11);
    clock.advance(Duration.ofMinutes(5));
    read();

    assertThat(shard.signals()).isEmpty();
    tick(1_500, 12);
    read();
    assertThat(shard.signals()).contains("p SPY " + (start + 1_000_000) + " each 1.0");
  }

  @Test
  void theEndOfALaneClosesItsLastWindow() {
    tick(100, 10);
    shard.append(new LaneEnd("p", MarketEvent.LIVE));
    read();

    assertThat(shard.signals()).contains("p SPY " + (start + 1_000_000) + " each 1.0");
    assertThat(shard.published()).isEqualTo(shard.signals());
  }

  @Test
  void aTickThatComesAfterItsWindowChangesNoSignalButLaterFeatures() {
    tick(100, 10);
    tick(1_600, 10);
    read();
    List<String> first = shard.signals();

    tick(200, 4);
    tick(2_600, 9);
    read();

    assertThat(shard.signals()).containsAll(first);
    assertThat(first).contains("p SPY " + (start + 1_000_000) + " top 1.0");
    // at 2 s the average of the last three seconds has the late 4 in it
    assertThat(shard.signals()).doesNotContain("p SPY " + (start + 2_000_000) + " below 1.0");
  }

  @Test
  void otherRulesOverOtherHorizonsBeginWithoutARestart() {
    tick(100, 10);
    tick(1_600, 10);
    read();
    assertThat(shard.signals()).isNotEmpty();

    shard.use(
        List.of(EvaluatedShard.rule("new", "vwap_short > 0", false, null)),
        List.of(FeatureSpec.overHorizon("vwap_short", FeatureKind.VWAP, Interval.parse("1250ms"))));
    tick(2_600, 10);
    tick(3_700, 10);
    for (int i = 0; i < 4; i++) {
      assertThat(shard.poll()).isTrue();
    }

    assertThat(shard.signals())
        .contains("p SPY " + (start + 3_000_000) + " new 1.0")
        .doesNotContain("p SPY " + (start + 3_000_000) + " each 1.0");
  }

  @Test
  void aLongerHorizonThatIsAddedByARestartSeesWhatAFreshGroupSees() {
    tradeForAMinute();
    shard.drain();
    shard.use(quietRules(), QUIET);
    tradeOn(shard);

    assertThat(of("quiet", shard)).isEqualTo(afterTheChange(fresh())).isNotEmpty();
  }

  @Test
  void aLongerHorizonThatIsAddedBySighupSeesWhatAFreshGroupSees() {
    tradeForAMinute();
    shard.use(quietRules(), QUIET);
    tradeOn(shard);

    assertThat(of("quiet", shard)).isEqualTo(afterTheChange(fresh())).isNotEmpty();
  }

  @Test
  void aHorizonThatTheLogNoLongerHoldsIsUndefinedUntilItWasRead() {
    tradeForAMinute();
    shard.trim();
    shard.drain();
    shard.use(quietRules(), QUIET);
    for (int second = 60; second < 150; second++) {
      tick(second * 1_000L, 10);
      clock.advance(Duration.ofSeconds(1));
      shard.poll();
    }
    read();

    // Up to the 60th second ten a second, then one: fewer than 50 in 40 s from the 99th on.
    assertThat(of("quiet", shard)).isNotEmpty();
    assertThat(of("quiet", shard).getFirst()).startsWith("p SPY " + (start + 99_000_000));
    assertThat(of("anything", shard).getFirst())
        .as("40 s after what the checkpoint needed")
        .isGreaterThan("p SPY " + (start + 80_000_000));
  }

  @Test
  void aHorizonLongerThanASilenceSeesWhatWasBeforeIt() {
    tradeForAMinute();
    clock.advance(Duration.ofSeconds(61));
    tick(121_000, 10);
    read();
    clock.advance(Duration.ofSeconds(1));
    tick(122_600, 10);
    read();
    shard.drain();
    shard.use(
        List.of(EvaluatedShard.rule("quiet", "volume_200s < 100", false, null)),
        List.of(overHorizon("volume_200s", "200s")));
    tick(123_600, 10);
    tick(124_600, 10);
    read();
    read();

    assertThat(of("quiet", shard)).isEmpty();
  }

  @Test
  void aFeatureThatLooksBackBarsBeginsUndefinedWhenItIsAdded() {
    tradeForAMinute();
    shard.drain();
    FeatureSpec momentum = FeatureSpec.overBars("mom_5", FeatureKind.MOM, 5);
    shard.use(List.of(EvaluatedShard.rule("known", "mom_5 >= 0", false, null)), List.of(momentum));
    tradeOn(shard);

    assertThat(of("known", shard).getFirst())
        .as("after six closes")
        .startsWith("p SPY " + (start + 65_000_000));
  }

  @Test
  void windowDecidedByAShorterLatenessInRecoveryIsEvaluated() {
    tick(100, 10);
    tick(1_300, 10);
    read();
    clock.advance(Duration.ofSeconds(1));
    read();
    assertThat(shard.signals()).isEmpty();
    shard.drain();
    shard.allowLateMicros(0);
    read();
    read();

    assertThat(shard.signals()).contains("p SPY " + (start + 1_000_000) + " each 1.0");
  }

  private static final List<FeatureSpec> QUIET = List.of(overHorizon("volume_40s", "40s"));

  private static FeatureSpec overHorizon(String name, String horizon) {
    return FeatureSpec.overHorizon(name, FeatureKind.VOLUME, Interval.parse(horizon));
  }

  private static List<RuleSpec> quietRules() {
    return List.of(
        EvaluatedShard.rule("quiet", "volume_40s < 50", false, null),
        EvaluatedShard.rule("anything", "volume_40s >= 0", false, null));
  }

  /// Ten ticks a second.
  private void tradeForAMinute() {
    for (int second = 0; second < 60; second++) {
      for (int i = 0; i < 10; i++) {
        tick(second * 1_000L + i * 100, 10);
      }
      clock.advance(Duration.ofSeconds(1));
      shard.poll();
    }
    read();
  }

  /// One tick a second, so that few are in the horizon from the 99th second on.
  private void tradeOn(EvaluatedShard of) {
    for (int second = 60; second < 110; second++) {
      tick(second * 1_000L, 10);
      clock.advance(Duration.ofSeconds(1));
      of.poll();
    }
    read();
  }

  /// A group that has the present rules from the log's first entry on.
  private EvaluatedShard fresh() {
    EvaluatedShard fresh = new EvaluatedShard(clock, Faults.NONE, 100, 2);
    fresh.use(quietRules(), QUIET);
    shard.bus.log(0).history().stream()
        .map(each -> ((Delivery.Decoded) each).event())
        .forEach(fresh::append);
    fresh.finish();
    return fresh;
  }

  private List<String> afterTheChange(EvaluatedShard of) {
    return of("quiet", of).stream()
        .filter(signal -> signal.compareTo("p SPY " + (start + 60_000_000)) >= 0)
        .toList();
  }

  private static List<String> of(String rule, EvaluatedShard of) {
    return of.signals().stream().filter(signal -> signal.contains(" " + rule + " ")).toList();
  }

  @Test
  void whatACommitNeedsOfTheLogWasKeptWhenItWasRead() {
    shard.poll();
    long before = shard.bus.soughtAnchors();
    for (int second = 0; second < 40; second++) {
      tick(second * 1_000L, 10);
      tick(second * 1_000L + 5, 11);
      clock.advance(Duration.ofSeconds(1));
      shard.poll();
    }

    assertThat(shard.store.checkpoint(EvaluatedShard.KEY).resumePosition())
        .isGreaterThan(Position.START);
    assertThat(shard.bus.soughtAnchors()).isEqualTo(before);
  }

  @Test
  void stoppedFeedDoesNotHoldTheLogWhileReplaysAreFilteredOut() {
    EvaluatedShard live = new EvaluatedShard(clock, Faults.NONE, 100, 1, false);
    live.append(tickOf(MarketEvent.LIVE, 100));
    live.append(tickOf(MarketEvent.LIVE, 1_600));
    live.poll();
    live.poll();
    clock.advance(Duration.ofSeconds(2));
    live.poll();
    var checkpoint = live.store.checkpoint(EvaluatedShard.KEY);
    assertThat(checkpoint.resumePosition()).isLessThan(checkpoint.position());

    for (int i = 0; i < 3; i++) {
      clock.advance(Duration.ofSeconds(40));
      live.append(tickOf("replay", 100 + i));
      live.poll();
    }

    checkpoint = live.store.checkpoint(EvaluatedShard.KEY);
    assertThat(checkpoint.resumePosition()).isEqualTo(checkpoint.position());
    assertThat(live.signals()).noneMatch(signal -> signal.contains("replay"));
  }

  /// The first poll of an owner claims.
  private void read() {
    shard.poll();
    shard.poll();
  }

  private void tick(long millis, double price) {
    shard.append(tickOf(MarketEvent.LIVE, millis, price));
  }

  private Tick tickOf(String lane, long millis) {
    return tickOf(lane, millis, 10);
  }

  private Tick tickOf(String lane, long millis, double price) {
    long micros = start + millis * 1_000;
    return new Tick(
        "p", lane, Symbol.of("SPY"), micros, 0, price, 1, Tick.ABSENT, Tick.ABSENT, micros);
  }
}
