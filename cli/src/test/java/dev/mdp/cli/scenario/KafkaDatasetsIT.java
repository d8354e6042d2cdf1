package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Files without ids, over Kafka.
class KafkaDatasetsIT {
  private static final String A =
      "t,p,s\n1761314400,100,SPY\n1761314400,101,SPY\n1761314400,100,QQQ\n1761314401,1,SPY\n";
  private static final String B = "t,p,s\n1761314401,103,SPY\n1761314401,104,SPY\n";

  private final Scenario scenario = Scenario.onKafka(3);

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void anotherReadingIsMetOnTheBusAsInTheTable() {
    scenario.write("a.csv", A);
    scenario.write("b.csv", B);
    scenario.datasets(
        csv("a", "") + csv("b", "") + csv("b", "ordinals: continue,").replace("b:", "more:"));
    replay("a").requireCode(0);

    replay("b")
        .requireCode(65)
        .requireOneLine("dataset b: 2 of its 2 ticks meet 1 other ticks of p");
    replay("a").requireCode(0);
    replay("more").requireCode(0);
    storeTicks();
    replay("b")
        .requireCode(65)
        .requireOneLine("dataset b: 2 of its 2 ticks meet 3 other ticks of p");
    replay("more").requireCode(0);
    storeTicks();

    assertThat(scenario.rows("SELECT symbol, seq, price FROM tick_data ORDER BY ts, 1, 2"))
        .containsExactly(
            "QQQ|0|100", "SPY|0|100", "SPY|1|101", "SPY|0|1", "SPY|1|103", "SPY|2|104");
  }

  private Outcome replay(String name) {
    return scenario.mdp("stream", "replay", "--dataset", name, "--speed", "max");
  }

  private void storeTicks() {
    scenario.mdp("stream", "ticks", "--until-idle", "1s").requireCode(0);
  }

  private static String csv(String name, String more) {
    return "%s: { type: csv, path: %s.csv, provider: p, %s columns: { src_ts: { path: t, unit: s }, price: p, symbol: s } }\n"
        .formatted(name, name, more);
  }
}
