package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.fault.Failpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A process dies at each of the named places once, and the next start makes what an undisturbed
/// run would have made. A place that no run passes fails its test.
///
/// `-Dmdp.crash.rounds=30` is the long form: later rounds die at later passes too.
abstract class CrashPoints {
  static final int ROUNDS = Integer.getInteger("mdp.crash.rounds", 1);
  private static final Instant FIRST = Instant.parse("2025-10-24T14:00:00Z");

  /// Each read of this many entries makes a commit of about as many bars: enough for COPY.
  private static final int BATCH = 300;

  private static final int TICKS = 3 * BATCH;

  /// A bus without an entry, one shard.
  abstract Scenario scenario();

  /// Appends these events, in order.
  abstract void append(Scenario scenario, List<String> events);

  /// How many entries the log has.
  abstract long entries(Scenario scenario);

  final void requireFinished(Failpoint point) {
    for (int round = 0; round < ROUNDS; round++) {
      try (Scenario scenario = scenario()) {
        crash(scenario, point, passOf(point, round), commandOf(scenario, point));
        finish(scenario, point);
      }
    }
  }

  final void requireTicksFinishedInTheMiddleOfTheirCopy() {
    try (Scenario scenario = scenario()) {
      send(scenario, FIRST);

      crash(scenario, Failpoint.MID_COPY, 1, TICK_WORKER);

      finish(scenario, Failpoint.MID_COPY);
    }
  }

  static final List<String> TICK_WORKER =
      List.of("stream", "ticks", "--until-idle", "1500ms", "--set", "ticks.claim_idle_ms=1000");

  private static final List<String> MICRO_BATCH =
      List.of(
          "stream",
          "micro-batch",
          "--window",
          "1s",
          "--until-idle",
          "1s",
          "--set",
          "micro_batch.lease_ms=1000",
          "--set",
          "micro_batch.max_batch_size=" + BATCH);

  private static final List<String> PRODUCE =
      List.of("stream", "produce", "--symbols", "SPY,AAPL", "--rate", "200", "--limit", "150");

  /// Rules that look back, so that what they remember must have come through.
  private static List<String> infer(Scenario scenario) {
    scenario.sections(
        """
        inference: { every: 1s, adapters: { rules: { file: rules.yaml } } }
        features: { windows: [{ name: rsi_3 }, { name: vwap_30s }] }
        """);
    scenario.datasets("");
    scenario.write(
        "rules.yaml",
        """
        - { name: every, condition: "price > 0", signal: 1 }
        - { name: higher, condition: "price > prev(price, 3) && rsi_3 > 40", signal: buy, edge: true }
        - { name: rested, condition: "vwap_30s != price", signal: 2, cooldown: 7s }
        """);
    return List.of(
        "stream",
        "infer",
        "--until-idle",
        "1s",
        "--set",
        "micro_batch.lease_ms=1000",
        "--set",
        "micro_batch.max_batch_size=" + BATCH);
  }

  /// The signals equal those of a run without a crash, and every one of them is on the bus.
  private static void requireUndisturbedSignals(Scenario scenario) {
    run(scenario, infer(scenario));
    String all =
        "SELECT provider, symbol, ts, name, value, score, metadata FROM signals ORDER BY 1, 2, 3, 4";
    List<String> signals = scenario.rows(all);
    assertThat(signals).hasSizeGreaterThan(TICKS);
    assertThat(Signals.published(scenario))
        .containsExactlyInAnyOrderElementsOf(Signals.stored(scenario));
    scenario
        .mdp("stream", "checkpoints", "reset", "--group", scenario.group("inference"), "--confirm")
        .requireCode(0);
    scenario.execute("TRUNCATE signals");
    run(scenario, infer(scenario));
    assertThat(scenario.rows(all)).isEqualTo(signals);
  }

  /// Brings the pipeline to where the next process passes the place.
  private List<String> commandOf(Scenario scenario, Failpoint point) {
    return switch (point) {
      case MICRO_BATCH_AFTER_READ,
          MICRO_BATCH_BEFORE_COMMIT,
          MICRO_BATCH_AFTER_COMMIT,
          MICRO_BATCH_AFTER_CLAIM,
          MICRO_BATCH_BEFORE_RELEASE,
          CLAIM_BEFORE_COMMIT,
          MID_COPY,
          BARS_BEFORE_FENCE,
          BARS_AFTER_FENCE -> {
        send(scenario, FIRST);
        yield MICRO_BATCH;
      }
      case MICRO_BATCH_IN_RECOVERY -> {
        send(scenario, FIRST);
        run(scenario, MICRO_BATCH);
        send(scenario, FIRST.plusSeconds(TICKS));
        // several reads for what the last windows need again
        List<String> small = new ArrayList<>(MICRO_BATCH);
        small.set(small.size() - 1, "micro_batch.max_batch_size=3");
        yield small;
      }
      case TICKS_AFTER_READ, TICKS_BEFORE_COMMIT, TICKS_AFTER_COMMIT, TICKS_BEFORE_LOW_WATER -> {
        send(scenario, FIRST);
        yield TICK_WORKER;
      }
      case PRODUCE_BEFORE_PUBLISH, PRODUCE_AFTER_PUBLISH -> PRODUCE;
      case INFER_AFTER_READ,
          INFER_BEFORE_COMMIT,
          SIGNALS_BEFORE_FENCE,
          SIGNALS_AFTER_FENCE,
          INFER_BEFORE_PUBLISH,
          INFER_AFTER_PUBLISH -> {
        send(scenario, FIRST);
        yield infer(scenario);
      }
      case INFER_IN_RECOVERY -> {
        send(scenario, FIRST);
        run(scenario, infer(scenario));
        send(scenario, FIRST.plusSeconds(TICKS));
        List<String> small = new ArrayList<>(infer(scenario));
        small.set(small.size() - 1, "micro_batch.max_batch_size=3");
        yield small;
      }
    };
  }

  /// Some places are passed again and again.
  private static long passOf(Failpoint point, int round) {
    return switch (point) {
      case MICRO_BATCH_AFTER_READ,
          MICRO_BATCH_BEFORE_COMMIT,
          MICRO_BATCH_AFTER_COMMIT,
          MID_COPY,
          BARS_BEFORE_FENCE,
          BARS_AFTER_FENCE,
          PRODUCE_BEFORE_PUBLISH,
          PRODUCE_AFTER_PUBLISH,
          INFER_AFTER_READ,
          INFER_BEFORE_COMMIT,
          SIGNALS_BEFORE_FENCE,
          SIGNALS_AFTER_FENCE,
          INFER_BEFORE_PUBLISH,
          INFER_AFTER_PUBLISH ->
          1 + round % 3;
      case INFER_IN_RECOVERY,
          MICRO_BATCH_IN_RECOVERY,
          MICRO_BATCH_AFTER_CLAIM,
          MICRO_BATCH_BEFORE_RELEASE,
          CLAIM_BEFORE_COMMIT,
          TICKS_AFTER_READ,
          TICKS_BEFORE_COMMIT,
          TICKS_AFTER_COMMIT,
          TICKS_BEFORE_LOW_WATER ->
          1;
    };
  }

  private static void crash(Scenario scenario, Failpoint point, long pass, List<String> command) {
    String place = point.text() + ":" + pass;
    Outcome end = start(scenario, place, command).awaitEnd();
    end.requireCode(Failpoint.EXIT_CODE);
    assertThat(end.err()).contains("failpoint " + place);
  }

  static Child start(Scenario scenario, String place, List<String> command) {
    return Child.start(
        scenario.folder(),
        Map.of("JDK_JAVA_OPTIONS", "-D" + Failpoint.PROPERTY + "=" + place),
        command.toArray(String[]::new));
  }

  private void finish(Scenario scenario, Failpoint point) {
    if (point.name().startsWith("PRODUCE")) {
      run(scenario, PRODUCE);
    }
    if (point.name().startsWith("INFER") || point.name().startsWith("SIGNALS")) {
      requireUndisturbedSignals(scenario);
      return;
    }
    RunningCommand bars = scenario.start(MICRO_BATCH.toArray(String[]::new));
    run(scenario, TICK_WORKER);
    bars.await(0);
    long entries = entries(scenario);
    assertThat(scenario.count("SELECT count(*) FROM tick_data")).isEqualTo(entries);
    Oracle.requireExactBars(scenario, Oracle.Interval.ONE_SECOND);
    assertThat(
            scenario.count(
                "SELECT sum((p.value ->> 'read')::bigint - (p.value ->> 'recovered')::bigint) FROM job_runs, jsonb_each(metadata -> 'ledger') s, jsonb_each(s.value) p WHERE job_name = 'micro-batch'"))
        .as("over all runs each entry is counted once")
        .isEqualTo(entries);
    assertThat(scenario.mdp("stream", "dead-letters", "list", "-o", "jsonl").jsonLines()).isEmpty();
  }

  private static void run(Scenario scenario, List<String> command) {
    scenario.mdp(command.toArray(String[]::new)).requireCode(0);
  }

  /// A tick a second, so that every tick has its own bar.
  private void send(Scenario scenario, Instant first) {
    append(
        scenario,
        IntStream.range(0, TICKS)
            .mapToObj(i -> LiveTicks.tick("p", "SPY", first.plusSeconds(i), i, 100 + i % 7 * 0.1))
            .toList());
  }
}
