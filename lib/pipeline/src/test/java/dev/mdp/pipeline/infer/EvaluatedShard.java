package dev.mdp.pipeline.infer;

import dev.mdp.core.bus.ShardAssignment;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.Checkpoints;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Signal;
import dev.mdp.core.feature.FeatureKind;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.core.metrics.InferenceMetrics;
import dev.mdp.core.metrics.PipelineMetrics;
import dev.mdp.core.rule.RuleSpec;
import dev.mdp.core.rule.SourceText;
import dev.mdp.features.FeatureSet;
import dev.mdp.inference.rules.RuleSet;
import dev.mdp.pipeline.ConflictNotices;
import dev.mdp.pipeline.ownership.ShardTaskPorts;
import dev.mdp.pipeline.ownership.ShardTaskSettings;
import dev.mdp.pipeline.window.WindowSettings;
import dev.mdp.testkit.Faults;
import dev.mdp.testkit.InMemoryBus;
import dev.mdp.testkit.InMemoryStore;
import dev.mdp.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One shard's log, its store, and the workers that turn it into signals one after another, in
/// virtual time.
final class EvaluatedShard {
  static final CheckpointKey KEY = new CheckpointKey("inference", "mdp.events", 0);
  static final Interval EVERY = Interval.parse("1s");

  private static final List<FeatureSpec> FEATURES =
      List.of(
          FeatureSpec.overHorizon("vwap_3s", FeatureKind.VWAP, Interval.parse("3s")),
          FeatureSpec.overHorizon("ret_7s", FeatureKind.RET, Interval.parse("7s")),
          FeatureSpec.overHorizon("high_2s", FeatureKind.HIGH, Interval.parse("2500ms")),
          FeatureSpec.overHorizon("vol_9s", FeatureKind.VOL, Interval.parse("9s")),
          FeatureSpec.overBars("rsi_3", FeatureKind.RSI, 3),
          FeatureSpec.overBars("mom_2", FeatureKind.MOM, 2));

  private static final RuleSet RULES =
      RuleSet.compile(
          List.of(
              rule("each", "price > 0", false, null),
              rule("below", "price < vwap_3s && ret_7s < 0", false, null),
              rule("turned", "crosses_above(price, prev(price, 2)) || mom_2 > 0.02", true, null),
              rule("rested", "rsi_3 > 40 or vol_9s > 1", false, "5s"),
              rule("top", "high_2s == price", false, null)),
          FEATURES);

  static final Inference INFERENCE =
      new Inference(new FeatureSet(RULES.features(), EVERY), RULES, Optional.empty());

  final InMemoryBus bus;
  final InMemoryStore store;
  private final ManualClock clock;
  private final int batch;
  private final long run;
  private final boolean includeReplays;
  private @Nullable InferWorker worker;
  private final Checkpoints checkpoints;
  private long allowLateMicros = 500_000;
  private Inference inference = INFERENCE;

  EvaluatedShard(ManualClock clock, Faults faults, int batch, long run) {
    this(clock, faults, batch, run, true);
  }

  EvaluatedShard(ManualClock clock, Faults faults, int batch, long run, boolean includeReplays) {
    this(clock, faults, batch, run, includeReplays, UnaryOperator.identity());
  }

  /// @param between stands between the workers and their checkpoints
  EvaluatedShard(
      ManualClock clock,
      Faults faults,
      int batch,
      long run,
      boolean includeReplays,
      UnaryOperator<Checkpoints> between) {
    this.includeReplays = includeReplays;
    this.clock = clock;
    this.bus = new InMemoryBus(1, clock, faults);
    this.store = new InMemoryStore(clock, faults);
    this.checkpoints = between.apply(store.checkpoints());
    this.batch = batch;
    this.run = run;
  }

  static RuleSpec rule(String name, String condition, boolean edge, @Nullable String cooldown) {
    return new RuleSpec(
        name,
        SourceText.of("test", condition, 1, 1),
        1,
        OptionalDouble.empty(),
        List.of(),
        edge,
        Optional.ofNullable(cooldown).map(Interval::parse),
        Map.of());
  }

  /// From now on these rules over these features count.
  void use(List<RuleSpec> rules, List<FeatureSpec> features) {
    RuleSet compiled = RuleSet.compile(rules, features);
    inference =
        new Inference(new FeatureSet(compiled.features(), EVERY), compiled, Optional.empty());
  }

  /// Of the workers that are started from now on.
  void allowLateMicros(long micros) {
    allowLateMicros = micros;
  }

  void append(MarketEvent event) {
    bus.log(0).append(event);
  }

  /// Returns whether it went well; after an error the next call tries again, as the runner does.
  boolean poll() {
    try {
      worker().poll();
      return true;
    } catch (MdpException e) {
      return false;
    }
  }

  /// The process dies; the next one has the same name, so that it need not wait for the lease.
  void crash() {
    worker = null;
  }

  /// The process ends in good order.
  void drain() {
    try {
      worker().drain();
    } catch (MdpException e) {
      // as a process that could not
    }
    worker = null;
  }

  /// Cuts off what no checkpoint needs.
  void trim() {
    var resume = store.checkpoint(KEY).resumePosition();
    try {
      bus.openShard(KEY.topic(), 0).trimBefore(resume, clock.instant().plusSeconds(1));
    } catch (MdpException e) {
      // another time
    }
  }

  /// Reads to the end without faults of the test's own.
  void finish() {
    int entries = bus.log(0).length();
    for (int i = 0; i < 2 * (entries / batch + 2) + 20; i++) {
      poll();
      clock.advance(Duration.ofMillis(300));
    }
  }

  List<String> signals() {
    return store.evaluations().signals().stream().map(EvaluatedShard::text).sorted().toList();
  }

  List<String> published() {
    return bus.raw().stream()
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .toList();
  }

  private static String text(Signal signal) {
    return signal.provider()
        + " "
        + signal.symbol()
        + " "
        + signal.tsMicros()
        + " "
        + signal.name()
        + " "
        + signal.value();
  }

  private InferWorker worker() {
    InferWorker living = worker;
    if (living == null) {
      living =
          new InferWorker(
              new InferSettings(
                  new ShardTaskSettings(
                      KEY,
                      "owner",
                      1,
                      InferSettings.windows(INFERENCE.features()),
                      Duration.ofSeconds(15),
                      false,
                      run),
                  new WindowSettings(
                      "inference",
                      InferSettings.windows(INFERENCE.features()),
                      allowLateMicros,
                      4_000_000,
                      60_000_000,
                      4_000_000,
                      100_000),
                  batch,
                  Duration.ofMillis(200),
                  includeReplays,
                  "mdp.signals",
                  Duration.ofHours(24)),
              new InferPorts(
                  bus,
                  new ShardTaskPorts(
                      checkpoints,
                      ShardAssignment.everything(),
                      clock,
                      _ -> {},
                      PipelineMetrics.NONE),
                  event -> event.toString().getBytes(StandardCharsets.UTF_8),
                  signal -> text(signal).getBytes(StandardCharsets.UTF_8),
                  InferenceMetrics.NONE,
                  new ConflictNotices(),
                  () -> inference));
      worker = living;
    }
    return living;
  }
}
