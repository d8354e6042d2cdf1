package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.testkit.net.PostgresWire;
import dev.mdp.testkit.net.TcpProxy;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A process is stopped (SIGSTOP) in the middle of a COPY: the server has its rows and waits for
/// the rest, which no timer of the server ends.
class FrozenCopyIT {
  /// More than the server gathers before it puts them into the table.
  private static final int TICKS = 3_000;

  private static final Instant FIRST = Instant.parse("2025-10-24T14:00:00Z");

  private final PostgresWire wire = new PostgresWire();
  private final CountDownLatch inTheMiddle = new CountDownLatch(1);
  private final TcpProxy proxy = new TcpProxy(TestServers.POSTGRES.port(), wire);
  private final Scenario scenario = Scenario.migrated();

  FrozenCopyIT() throws IOException {}

  @AfterEach
  void close() throws IOException {
    scenario.close();
    proxy.close();
  }

  @Test
  void itsSuccessorCommitsWithinTheLeaseAndFiveSeconds() throws Exception {
    Child frozen = microBatch("--set", "store.url=" + proxied());
    frozen.awaitErr("owned, epoch 1");
    Child successor = microBatch();
    successor.awaitErr("standing by");
    wire.holdNextCopy(_ -> inTheMiddle.countDown());
    send();
    freeze(frozen);
    String leaseUntil = scenario.value("SELECT lease_until FROM stream_checkpoints");

    scenario.await("SELECT count(*) FROM bars_ohlcv", Integer.toString(TICKS));

    assertThat(
            scenario.value(
                "SELECT extract(epoch FROM min(created_at) - '%s') FROM bars_ohlcv"
                    .formatted(leaseUntil)))
        .as("seconds from the end of the frozen worker's lease to the successor's commit")
        .satisfies(seconds -> assertThat(Double.parseDouble(seconds)).isBetween(0.0, 5.0));
    frozen.signal("CONT");
    frozen.terminate().requireCode(0);
    successor.terminate().requireCode(0);
    scenario.mdp("stream", "ticks", "--until-idle", "1s").requireCode(0);
    Oracle.requireExactBars(scenario, Oracle.Interval.ONE_SECOND);
    assertThat(scenario.count("SELECT max(epoch) FROM stream_checkpoints WHERE epoch > 0"))
        .as("the frozen worker took nothing back")
        .isLessThanOrEqualTo(3);
  }

  @Test
  void anotherTickWorkerStoresWhatItHeld() throws Exception {
    String idle = "ticks.claim_idle_ms=1000";
    Child frozen =
        scenario.child("stream", "ticks", "--set", idle, "--set", "store.url=" + proxied());
    scenario.await(
        "SELECT count(*) FROM stream_checkpoints WHERE consumer_group LIKE '%tick-consumer'", "1");
    wire.holdNextCopy(_ -> inTheMiddle.countDown());
    send();
    freeze(frozen);

    Child other = scenario.child("stream", "ticks", "--set", idle);
    scenario.await("SELECT count(*) FROM tick_data", Integer.toString(TICKS));

    frozen.signal("CONT");
    frozen.terminate().requireCode(0);
    other.terminate().requireCode(0);
    assertThat(scenario.count("SELECT count(*) FROM tick_data")).isEqualTo(TICKS);
  }

  private void freeze(Child child) throws Exception {
    assertThat(inTheMiddle.await(40, TimeUnit.SECONDS)).as("a COPY begins").isTrue();
    child.signal("STOP");
  }

  private Child microBatch(String... more) {
    String[] words = {"stream", "micro-batch", "--window", "1s"};
    String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return scenario.child(all);
  }

  private String proxied() {
    return "postgresql://mdp@127.0.0.1:"
        + proxy.port()
        + "/"
        + scenario.value("SELECT current_database()");
  }

  /// In one piece, so that they are read together and make a COPY.
  private void send() {
    scenario.redis().multi();
    for (int i = 0; i < TICKS; i++) {
      scenario
          .redis()
          .xadd(
              scenario.stream(),
              "data",
              LiveTicks.tick("p", "SPY", FIRST.plusSeconds(i), i, 100 + i % 7 * 0.1));
    }
    scenario.redis().exec();
  }
}
