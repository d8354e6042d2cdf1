package dev.mdp.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.ledger.Outcome;
import dev.mdp.core.run.JobRuns;
import dev.mdp.pipeline.worker.Worker;
import dev.mdp.telemetry.Meters;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceStatusTest {
  private static final Instant BEGUN = Instant.parse("2025-10-24T14:00:00Z");

  @Test
  void standbyIsTold() {
    Worker owns = new Shard("micro-batch-0", false);
    Worker waits = new Shard("micro-batch-1", true);

    assertThat(line(List.of(), owns)).isEqualTo("at work; 1.0 events/s");
    assertThat(line(List.of(), owns, waits))
        .isEqualTo(
            "at work, standing by in part: another process owns the shard of micro-batch-1; 1.0 events/s");
    assertThat(line(List.of(), waits))
        .isEqualTo("standing by: another process owns the shard of micro-batch-1; 1.0 events/s");
  }

  @Test
  void whatDoesNotAnswerComesFirstAndOnOneLine() {
    assertThat(line(List.of("bus: Redis is\naway"), new Shard("ticks", false)))
        .isEqualTo("waiting: bus: Redis is away");
  }

  @Test
  void ratesAreThoseSinceTheLastLook() {
    Meters meters = new Meters("redis");
    Rates rates = new Rates(meters, BEGUN);
    assertThat(rates.look(BEGUN.plusSeconds(1)).words()).isEqualTo("0.0 events/s, 0.0 rows/s");

    meters.metrics().bus().eventsIngested("t", "p", 30);
    meters.metrics().pipeline().ledger("g", "p", Outcome.AGGREGATED, 30);
    meters.metrics().store().storeWrite("bars_ohlcv", Duration.ZERO, 10, 5, 100);
    meters.metrics().pipeline().consumerLag("t", "g", "a", Duration.ofMillis(40));
    meters.metrics().pipeline().consumerLag("t", "g", "b", Duration.ofMillis(7));

    assertThat(rates.look(BEGUN.plusSeconds(61)).words())
        .isEqualTo("1.0 events/s, 0.3 rows/s, lag 40 ms");
    assertThat(rates.look(BEGUN.plusSeconds(62)).words())
        .isEqualTo("0.0 events/s, 0.0 rows/s, lag 40 ms");
  }

  private static String line(List<String> notReady, Worker... workers) {
    Job job =
        new Job(
            "micro-batch",
            JobRuns.Mode.LIVE,
            1,
            Arrays.asList(workers),
            List::of,
            () -> 0,
            Map::of,
            () -> 0);
    return ServiceStatus.line(notReady, List.of(job), "1.0 events/s");
  }

  private record Shard(String name, boolean isStandingBy) implements Worker {
    @Override
    public int poll() {
      return 0;
    }

    @Override
    public boolean finished() {
      return false;
    }

    @Override
    public void drain() {}

    @Override
    public void abandon() {}
  }
}
