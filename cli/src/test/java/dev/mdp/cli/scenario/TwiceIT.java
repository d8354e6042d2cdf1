package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A venue's trade that is stored under two times: told by `mdp verify bars`, and moved by it.
class TwiceIT {
  private static final String[] VERIFY = {"verify", "bars", "--to", "2026-01-06"};

  private final Scenario scenario = Scenario.migrated();

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void isAFindingUntilItIsMovedAndItsBarsAreWrittenAgain() {
    stored();

    Outcome found = verify("-o", "json").requireCode(3);
    Outcome table = verify().requireCode(3);
    Outcome repaired = verify("--repair").requireCode(3);

    JsonNode data = found.json().path("data");
    assertThat(data.path("twice").path("found").asInt()).isEqualTo(1);
    JsonNode finding = data.path("findings").path(0);
    assertThat(finding.path("verdict").asText()).isEqualTo("twice");
    assertThat(finding.path("interval").isNull()).isTrue();
    assertThat(finding.path("ts").asText()).isEqualTo("2026-01-05T14:30:00.500001Z");
    assertThat(finding.path("stored").path("price").asDouble()).isEqualTo(20);
    assertThat(finding.path("recomputed").path("ts").asText())
        .isEqualTo("2026-01-05T14:30:00.500000Z");
    assertThat(table.out()).contains("twice", "id 2 is also there at 2026-01-05T14:30:00.500Z");
    assertThat(table.err()).contains("moved 0", "--repair --allow-shrink");
    assertThat(repaired.err()).contains("moved 0");
    assertThat(scenario.count("SELECT count(*) FROM tick_data")).isEqualTo(4);

    Outcome moved = verify("--repair", "--allow-shrink").requireCode(0);

    assertThat(moved.err())
        .contains("twice: 1 copies of trades are stored under a second time; moved 1 and wrote 2");
    assertThat(scenario.rows("SELECT ts, seq FROM tick_corrections WHERE cause = 'twice'"))
        .containsExactly("2026-01-05 14:30:00.500001+00|2");
    assertThat(
            scenario.rows(
                "SELECT interval, volume, trade_count, revision, cause FROM bars_ohlcv WHERE revision > 0 ORDER BY 1"))
        .containsExactly("1m|2|2|1|correction", "1s|2|2|1|correction");
    assertThat(
            scenario.value(
                "SELECT metadata #>> '{twice,moved}' FROM job_runs WHERE job_name = 'verify-bars' ORDER BY id DESC LIMIT 1"))
        .isEqualTo("1");
    verify().requireCode(0);
    Oracle.requireExactBars(scenario, Oracle.Interval.ONE_SECOND, Oracle.Interval.ONE_MINUTE);
    assertThat(scenario.value("SELECT ticks FROM tick_agg_1m ORDER BY bucket LIMIT 1"))
        .isEqualTo("2");
  }

  @Test
  void theMoveNeedsBothRoles() {
    stored();
    String writer = login("mdp_writer");
    String both = login("mdp_writer, mdp_cleaner");
    String reader = login("mdp_reader");
    try {
      verify("--set", url(reader)).requireCode(3);
      Outcome refused = verify("--repair", "--allow-shrink", "--set", url(writer));
      long ticks = scenario.count("SELECT count(*) FROM tick_data");
      verify("--repair", "--allow-shrink", "--set", url(both)).requireCode(0);

      assertThat(refused.code()).isEqualTo(78);
      assertThat(refused.err()).contains("tick_data");
      assertThat(ticks).isEqualTo(4);
      assertThat(scenario.count("SELECT count(*) FROM tick_data")).isEqualTo(3);
    } finally {
      for (String login : List.of(writer, both, reader)) {
        scenario.execute("DROP OWNED BY %s CASCADE; DROP ROLE %s".formatted(login, login));
      }
    }
  }

  /// Four ticks in two minutes, the second under two times; bars of them, all sealed.
  private void stored() {
    tick(1, "14:30:00.100Z", 10);
    tick(2, "14:30:00.500Z", 20);
    tick(2, "14:30:00.500001Z", 20);
    tick(3, "14:35:00Z", 11);
    scenario.mdp("stream", "ticks", "--until-idle", "500ms").requireCode(0);
    scenario
        .mdp("stream", "micro-batch", "--window", "1s,1m", "--until-idle", "800ms")
        .requireCode(0);
    scenario.execute(
        """
        INSERT INTO feed_cursors (provider, symbol, epoch, first_id, contiguous_through, head, head_ts)
        VALUES ('v', 'A', 0, 1, 3, 3, '2026-01-05T14:35:00Z');
        INSERT INTO feed_series (provider, symbol, epoch, ids, ts_from)
        VALUES ('v', 'A', 0, 'contiguous', '2026-01-05T14:30:00Z')
        """);
    assertThat(scenario.count("SELECT max(trade_count) FROM bars_ohlcv")).isEqualTo(3);
  }

  private void tick(int seq, String time, int price) {
    scenario.xadd(
        "{\"provider\":\"v\",\"symbol\":\"A\",\"c\":%d,\"v\":1,\"src_ts\":\"2026-01-05T%s\",\"seq\":%d}"
            .formatted(price, time, seq));
  }

  private Outcome verify(String... more) {
    String[] words = new String[VERIFY.length + more.length];
    System.arraycopy(VERIFY, 0, words, 0, VERIFY.length);
    System.arraycopy(more, 0, words, VERIFY.length, more.length);
    return scenario.mdp(words);
  }

  private String login(String roles) {
    String login = roles.replace(", ", "_") + "_of_" + scenario.database();
    scenario.execute("CREATE ROLE %s LOGIN IN ROLE %s".formatted(login, roles));
    return login;
  }

  private String url(String login) {
    return "store.url=" + TestServers.url(scenario.database()).replace("mdp@", login + "@");
  }
}
