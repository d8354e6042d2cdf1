package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Several workers share four shards while ticks come.
abstract class ScaleOut {
  private static final String OWNED =
      "SELECT count(*) FROM stream_checkpoints WHERE lease_until > now() AND owner LIKE '%s-%%'";

  private final Scenario scenario;
  private final Duration takeover;

  /// @param takeover how long the shards of a killed worker may be without an owner
  ScaleOut(Scenario scenario, Duration takeover) {
    this.scenario = scenario;
    this.takeover = takeover;
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void workersThatJoinLeaveAndDieShareTheShardsAndMakeExactBars() {
    RunningCommand ticks = scenario.start("stream", "ticks", "--until-idle", "12s");
    RunningCommand feed =
        scenario.start(
            "stream", "produce", "--symbols", "A,B,C,D,E,F,G,H", "--rate", "25", "--limit", "5000");
    Child first = worker("first");
    scenario.await(OWNED.formatted("first"), "4");

    Child second = worker("second");
    scenario.await(OWNED.formatted("second"), "2");
    scenario.await(OWNED.formatted("first"), "2");
    String shards = scenario.mdp("stream", "shards", "-o", "csv").requireCode(0).out();
    assertThat(shards.lines().filter(line -> line.contains(",first-"))).hasSize(2);

    Duration gone = untilAllBelongTo("first", second::kill);
    assertThat(gone).isLessThan(takeover);

    Child third = worker("third");
    scenario.await(OWNED.formatted("third"), "2");
    Duration left = untilAllBelongTo("third", () -> first.terminate().requireCode(0));
    assertThat(left).isLessThan(takeover);

    feed.await(0);
    ticks.await(0);
    Oracle.requireExactBarsSoon(scenario, Oracle.Interval.ONE_SECOND);
    third.terminate().requireCode(0);
    assertThat(ledgers()).isEqualTo(List.of("5000"));
  }

  /// Every entry is counted once outside `recovered`, over the runs of all workers.
  private List<String> ledgers() {
    return scenario.rows(
        """
        SELECT sum((outcome.value)::bigint)
          FROM job_runs, jsonb_each(metadata -> 'ledger') AS shard,
               jsonb_each(shard.value) AS provider, jsonb_each(provider.value) AS outcome
         WHERE job_name = 'micro-batch' AND outcome.key NOT IN ('recovered', 'read')
        """);
  }

  private Duration untilAllBelongTo(String owner, Runnable cause) {
    Instant begun = Instant.now();
    cause.run();
    Awaitility.await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> scenario.value(OWNED.formatted(owner)).equals("4"));
    return Duration.between(begun, Instant.now());
  }

  private Child worker(String name) {
    return scenario.child("stream", "micro-batch", "--window", "1s", "--consumer", name);
  }
}
