package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.testkit.net.RedisWire;
import dev.mdp.testkit.net.TcpProxy;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Redis takes what is sent, and its answer never arrives.
class ReplyLossIT {
  private static final int EVENTS = 300;
  private static final int LOST_ANSWERS = 6;

  @Test
  void whatIsSentAgainAndAgainIsStoredOnce() throws Exception {
    RedisWire wire = new RedisWire();
    try (TcpProxy proxy = new TcpProxy(TestServers.REDIS.port(), wire);
        Scenario scenario = Scenario.migrated()) {
      wire.loseAllAppends(true);
      RunningCommand produce =
          scenario.start(
              "stream",
              "produce",
              "--symbols",
              "SPY,AAPL",
              "--rate",
              "400",
              "--limit",
              Integer.toString(EVENTS),
              "--set",
              "bus.redis.uri=redis://127.0.0.1:" + proxy.port() + "/0");
      Awaitility.await("answers are lost")
          .atMost(Duration.ofSeconds(40))
          .until(() -> wire.lost() >= LOST_ANSWERS);
      assertThat(produce.isRunning()).as("nothing was acknowledged").isTrue();
      wire.loseAllAppends(false);
      Outcome sent = produce.await(0);
      scenario.mdp("stream", "ticks", "--until-idle", "1s").requireCode(0);
      scenario
          .mdp("stream", "micro-batch", "--window", "1s", "--until-idle", "2500ms")
          .requireCode(0);

      long entries = scenario.redis().xlen(scenario.stream());
      assertThat(sent.err()).contains("sent " + EVENTS);
      assertThat(entries).as("entries, of which some are there twice").isGreaterThan(EVENTS);
      assertThat(scenario.count("SELECT count(*) FROM tick_data")).isEqualTo(EVENTS);
      Oracle.requireExactBars(scenario, Oracle.Interval.ONE_SECOND);
      assertThat(
              scenario.count(
                  "SELECT sum((p.value ->> 'duplicate')::bigint) FROM job_runs, jsonb_each(metadata -> 'ledger') s, jsonb_each(s.value) p WHERE job_name = 'micro-batch'"))
          .isEqualTo(entries - EVENTS);
    }
  }
}
