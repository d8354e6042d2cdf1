package dev.mdp.pipeline.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.Checkpoints;
import dev.mdp.core.checkpoint.ClaimRequest;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.checkpoint.JudgedBy;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Signal;
import dev.mdp.core.feature.FeatureKind;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.core.rule.RuleSpec;
import dev.mdp.pipeline.simulation.ForwardingCheckpoints;
import dev.mdp.testkit.Faults;
import dev.mdp.testkit.ManualClock;
import dev.mdp.testkit.property.Choices;
import dev.mdp.testkit.property.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Features and rules change between runs and while a worker runs; crashes and failed calls come on
/// top. Every evaluation comes to what a group comes to that had all features from the beginning of
/// the log. Where the log was trimmed a rule may be silent, and never says anything else.
class ChangedFeaturesSimulationTest {
  private static final int SEEDS = Integer.getInteger("mdp.seeds", 1_500);

  /// Horizons of whole seconds, so that the slices are the same whatever is configured.
  private static final List<FeatureSpec> FEATURES =
      List.of(
          spec("vwap_2s", FeatureKind.VWAP, "2s"),
          spec("low_5s", FeatureKind.LOW, "5s"),
          spec("ret_6s", FeatureKind.RET, "6s"),
          spec("volume_15s", FeatureKind.VOLUME, "15s"),
          spec("vol_20s", FeatureKind.VOL, "20s"),
          spec("high_45s", FeatureKind.HIGH, "45s"),
          spec("volume_90s", FeatureKind.VOLUME, "90s"),
          spec("ret_100s", FeatureKind.RET, "100s"));

  private static final Map<String, String> CONDITIONS =
      Map.of(
          "vwap_2s", "vwap_2s > price",
          "low_5s", "low_5s == price",
          "ret_6s", "ret_6s < 0",
          "volume_15s", "volume_15s < 12",
          "vol_20s", "vol_20s > 100",
          "high_45s", "high_45s < price + 3",
          "volume_90s", "volume_90s < 50",
          "ret_100s", "ret_100s < 0");

  @Test
  void newFeaturesSayWhatTheyWouldHaveSaidHadTheyAlwaysBeenThere() {
    Property.check(SEEDS, choices -> once(choices, UnaryOperator.identity()));
  }

  /// The log is cut between the claim and the first read; rare among the seeds.
  @Test
  void aLogCutBeforeTheFirstReadLeavesTheEndOfALaneWhereItWas() {
    once(Choices.ofSeed(11_163), UnaryOperator.identity());
  }

  /// The log is cut while it is read again, behind what was read of it; rarer still.
  @Test
  void aLogCutWhileItIsReadAgainMakesVoidWhatWasReadOfIt() {
    once(Choices.ofSeed(12_984), UnaryOperator.identity());
    once(Choices.ofSeed(3_717), UnaryOperator.identity());
  }

  /// A lane that was silent for the former features, and is not for the longer ones, is no longer
  /// in the log; rarer again.
  @Test
  void whatASilenceLetGoIsNotKnownToFeaturesForWhichItIsNone() {
    once(Choices.ofSeed(13_540), UnaryOperator.identity());
    once(Choices.ofSeed(18_415), UnaryOperator.identity());
    once(Choices.ofSeed(24_154), UnaryOperator.identity());
  }

  /// The log is cut behind the end of a lane while it is read again.
  @Test
  void aLaneThatHasEndedIsNotReadAgain() {
    once(Choices.ofSeed(26_481), UnaryOperator.identity());
    once(Choices.ofSeed(2_640), UnaryOperator.identity());
    once(Choices.ofSeed(17_093), UnaryOperator.identity());
  }

  @Test
  void aReachThatIsNotStoredIsCaught() {
    assertThat(
            Property.firstFailure(
                200, choices -> once(choices, next -> new ReachNotStored(next).checkpoints())))
        .isPresent();
  }

  /// Believes that every resume position is enough for all features.
  private static final class ReachNotStored extends ForwardingCheckpoints {
    ReachNotStored(Checkpoints next) {
      super(next);
    }

    @Override
    public ClaimResult claim(ClaimRequest request) {
      return switch (super.claim(request)) {
        case ClaimResult.Held held -> held;
        case ClaimResult.Claimed it ->
            new ClaimResult.Claimed(
                it.lease(), forgetful(it.checkpoint()), it.fresh(), it.intervals(), it.runLedger());
      };
    }

    private static Checkpoint forgetful(Checkpoint it) {
      long all = Long.MAX_VALUE / 4;
      return new Checkpoint(
          it.position(),
          it.resumePosition(),
          it.anchor(),
          it.gapUntil(),
          it.lanes(),
          it.ledger(),
          it.judgedBy().withReach(Optional.of(new JudgedBy.Reach(all, all))));
    }
  }

  private record Evaluated(String provider, String symbol, long end) {}

  private static void once(Choices choices, UnaryOperator<Checkpoints> between) {
    ManualClock clock = ManualClock.at("2026-01-05T14:30:00Z");
    boolean[] hostile = {true};
    Faults faults =
        point -> {
          if (hostile[0] && choices.onceIn(80)) {
            throw new UnavailableException("made by a test at " + point);
          }
        };
    boolean trims = choices.onceIn(3);
    EvaluatedShard changing =
        new EvaluatedShard(clock, faults, 1 + choices.nextInt(40), 1, false, between);
    EvaluatedShard constant = new EvaluatedShard(clock, Faults.NONE, 500, 2, false);
    constant.use(rules(FEATURES, "each"), FEATURES);
    List<List<FeatureSpec>> sets = new ArrayList<>();
    change(changing, choices, sets);
    SignalsSimulationTest.Source source = new SignalsSimulationTest.Source(clock, choices);
    Set<String> ended = new HashSet<>();
    int steps = choices.nextInt(30, 250);
    for (int i = 0; i < steps; i++) {
      MarketEvent event = source.next();
      if (event instanceof LaneEnd end) {
        ended.add(end.provider());
      }
      changing.append(event);
      constant.append(event);
      disturb(changing, choices, sets, trims);
    }
    hostile[0] = false;
    changing.finish();
    constant.finish();

    compare(changing, constant, sets, trims, ended);
  }

  private static void disturb(
      EvaluatedShard shard, Choices choices, List<List<FeatureSpec>> sets, boolean trims) {
    switch (choices.nextInt(30)) {
      case 0 -> shard.crash();
      case 1 -> shard.drain();
      case 2 -> {
        if (trims) {
          shard.trim();
        }
      }
      case 3 -> {
        change(shard, choices, sets);
        if (choices.nextBoolean()) {
          shard.crash();
        }
      }
      default -> {
        if (choices.onceIn(3)) {
          shard.poll();
        }
      }
    }
  }

  /// Other features from now on. A rule that holds always says which set an evaluation had.
  private static void change(EvaluatedShard shard, Choices choices, List<List<FeatureSpec>> sets) {
    List<FeatureSpec> some = new ArrayList<>(FEATURES);
    int longest = 1 + choices.nextInt(FEATURES.size());
    some = new ArrayList<>(some.subList(0, longest));
    some.removeIf(_ -> choices.onceIn(3));
    shard.use(rules(some, "set_" + sets.size()), some);
    sets.add(List.copyOf(some));
  }

  /// @param ended providers of which a lane came to its end: what comes after it is another lane,
  ///   which may have the same windows once more
  private static void compare(
      EvaluatedShard changing,
      EvaluatedShard constant,
      List<List<FeatureSpec>> sets,
      boolean trims,
      Set<String> ended) {
    Map<Evaluated, Set<String>> said = bySubject(changing);
    Map<Evaluated, Set<String>> right = bySubject(constant);
    assertThat(difference(right.keySet(), said.keySet())).as("not evaluated").isEmpty();
    assertThat(difference(said.keySet(), right.keySet())).as("evaluated for nothing").isEmpty();
    said.forEach((evaluated, names) -> {
      List<String> set = names.stream().filter(name -> name.startsWith("set_")).toList();
      if (set.size() > 1 && ended.contains(evaluated.provider())) {
        return;
      }
      assertThat(set).as("%s", evaluated).hasSize(1);
      for (FeatureSpec spec : sets.get(Integer.parseInt(set.getFirst().substring(4)))) {
        String name = "of_" + spec.name();
        boolean says = names.contains(name);
        boolean should = right.get(evaluated).contains(name);
        // The base of a return may be a price from before all that is read again.
        boolean mayBeUndefined = trims || spec.kind() == FeatureKind.RET;
        assertThat(says)
            .as("%s at %s by %s", name, evaluated, set)
            .isEqualTo(mayBeUndefined ? should && says : should);
      }
    });
  }

  private static Set<Evaluated> difference(Set<Evaluated> these, Set<Evaluated> those) {
    Set<Evaluated> left = new HashSet<>(these);
    left.removeAll(those);
    return left;
  }

  private static Map<Evaluated, Set<String>> bySubject(EvaluatedShard shard) {
    Map<Evaluated, Set<String>> all = new HashMap<>();
    for (Signal signal : shard.store.evaluations().signals()) {
      all.computeIfAbsent(
              new Evaluated(signal.provider(), signal.symbol().value(), signal.tsMicros()),
              _ -> new HashSet<>())
          .add(signal.name());
    }
    return all;
  }

  private static List<RuleSpec> rules(List<FeatureSpec> features, String mark) {
    List<RuleSpec> rules = new ArrayList<>();
    rules.add(EvaluatedShard.rule(mark, "price > 0", false, null));
    for (FeatureSpec spec : features) {
      rules.add(
          EvaluatedShard.rule(
              "of_" + spec.name(), CONDITIONS.getOrDefault(spec.name(), ""), false, null));
    }
    return rules;
  }

  private static FeatureSpec spec(String name, FeatureKind kind, String horizon) {
    return FeatureSpec.overHorizon(name, kind, Interval.parse(horizon));
  }
}
