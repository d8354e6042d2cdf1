package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What an operator sees of `mdp verify bars` on recorded trades.
class VerifyIT {
  private static final int BARS = 3_175;

  private final Scenario scenario = Scenario.migrated();

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void findsExactlyWhatWasDamagedAndRepairsIt() {
    replayed();
    Outcome clean = scenario.mdp("verify", "bars").requireCode(0);
    assertThat(clean.out()).isEmpty();
    assertThat(clean.err()).contains("checked 3,175 bars = 3,175 equal   ");

    damage();

    Outcome found = scenario.mdp("verify", "bars", "--output", "jsonl").requireCode(3);
    assertThat(found.jsonLines()).hasSize(5);
    assertThat(words(found.jsonLines()))
        .containsExactlyInAnyOrder("wrong", "wrong", "wrong", "missing", "missing");
    String before = md5();

    Outcome repaired = scenario.mdp("verify", "bars", "--repair", "--output", "json");
    repaired.requireCode(0);
    assertThat(repaired.json().path("data").path("findings")).hasSize(5);
    assertThat(repaired.json().path("data").path("repaired").path("written").asInt()).isEqualTo(5);
    assertThat(md5()).isNotEqualTo(before);
    Oracle.requireExactBars(scenario, Oracle.Interval.ONE_MINUTE, Oracle.Interval.FIVE_MINUTES);
    scenario.mdp("verify", "bars").requireCode(0);
    assertThat(
            scenario.rows(
                "SELECT b.revision, count(*) FROM bars_ohlcv b JOIN job_runs r ON r.id = b.run_id AND r.mode = 'verify' GROUP BY 1 ORDER BY 1"))
        .containsExactly("0|2", "1|3");
    assertThat(
            scenario.value(
                "SELECT status, rows_written, metadata -> 'before' ->> 'wrong', metadata -> 'before' ->> 'missing', metadata -> 'after' ->> 'findings', metadata -> 'after' ->> 'equal' FROM job_runs WHERE mode = 'verify'"))
        .isEqualTo("success|5|3|2|0|3175");
  }

  @Test
  void aSecondRepairWritesNothing() {
    replayed();
    damage();
    scenario.mdp("verify", "bars", "--repair").requireCode(0);
    String tuples = md5();

    scenario.mdp("verify", "bars", "--repair").requireCode(0);

    assertThat(md5()).isEqualTo(tuples);
  }

  @Test
  void windowsWhoseTicksAreHalfStoredAreUnverifiedAndNotRepaired() {
    scenario.datasets(Recorded.xrpeth(SharedData.file("xrpeth/ticks.csv")));
    replay("--to", "2019-10-11T12:00:00Z");
    scenario.mdp("stream", "ticks", "--until-idle", "1s").requireCode(0);
    replay("--from", "2019-10-11T12:00:00Z");
    scenario.mdp("stream", "micro-batch", "--window", "1m,5m", "--until-idle", "1s").requireCode(0);
    scenario.execute("DELETE FROM tick_data WHERE ts < '2019-10-11T06:00:00Z'");
    String tuples = md5();

    Outcome told = scenario.mdp("verify", "bars").requireCode(3);
    Outcome repaired = scenario.mdp("verify", "bars", "--repair").requireCode(3);

    assertThat(told.err())
        .containsPattern("= [0-9,]+ equal \\+ [0-9,]+ unverified \\+ [0-9,]+ unverifiable   ")
        .contains("unverified: shard 0 of " + scenario.stream() + ": bars of ");
    assertThat(repaired.err()).contains("wrote 0 bars");
    assertThat(md5()).isEqualTo(tuples);
  }

  @Test
  void aGroupOfAnotherTopicHidesNothing() {
    replayed();
    String elsewhere = "bus.redis.stream=" + scenario.stream() + ".elsewhere";
    scenario
        .mdp(
            "stream",
            "produce",
            "--provider",
            "synthetic",
            "--limit",
            "50",
            "--rate",
            "1000",
            "--set",
            elsewhere)
        .requireCode(0);
    scenario
        .mdp("stream", "micro-batch", "--window", "7s", "--until-idle", "1s", "--set", elsewhere)
        .requireCode(0);
    damage();

    Outcome found =
        scenario.mdp("verify", "bars", "--provider", "binance", "-o", "json").requireCode(3);
    Outcome everything = scenario.mdp("verify", "bars", "-o", "json").requireCode(3);
    Outcome repaired =
        scenario.mdp("verify", "bars", "--provider", "binance", "--repair").requireCode(0);

    assertThat(found.json().path("data").path("findings")).hasSize(5);
    assertThat(found.json().path("data").path("counts").path("pending").asInt()).isZero();
    assertThat(found.json().path("data").path("unverified_shards").asInt()).isZero();
    assertThat(found.err()).doesNotContain("elsewhere");
    assertThat(everything.json().path("data").path("unverified_shards").asInt()).isEqualTo(1);
    assertThat(everything.err())
        .contains("unverified: shard 0 of " + scenario.stream() + ".elsewhere")
        .contains("--group " + scenario.group("micro-batcher") + " --confirm");
    assertThat(repaired.err()).contains("wrote 5 bars");
  }

  @Test
  void whatIsPendingForLongerThanAllowedIsAFinding() {
    replayed();
    scenario.execute(
        "UPDATE stream_checkpoints SET position = '1-0' WHERE consumer_group LIKE '%-tick-consumer'");
    scenario.execute(
        "INSERT INTO job_runs (job_name, mode, status) VALUES ('ticks', 'live', 'running')");
    damage();

    Outcome young = scenario.mdp("verify", "bars").requireCode(0);
    Outcome old = scenario.mdp("verify", "bars", "--pending-ok", "1ms").requireCode(3);
    Outcome repair =
        scenario.mdp("verify", "bars", "--pending-ok", "1ms", "--repair").requireCode(3);

    assertThat(young.err()).contains("= 0 equal + 3,175 pending   ");
    assertThat(old.err()).contains("= 3,170 equal + 5 unverified   ", "never repaired");
    assertThat(repair.err()).contains("wrote 0 bars");
  }

  @Test
  void whoMayOnlyReadMayVerifyAndIsToldThatHeMayNotRepair() {
    replayed();
    damage();
    scenario.execute("DROP ROLE IF EXISTS just_looking");
    scenario.execute("CREATE ROLE just_looking LOGIN IN ROLE mdp_reader");
    String asReader =
        "store.url=" + TestServers.url(scenario.database()).replace("mdp@", "just_looking@");

    Outcome found = scenario.mdp("verify", "bars", "--set", asReader).requireCode(3);
    Outcome repair = scenario.mdp("verify", "bars", "--set", asReader, "--repair").requireCode(78);

    assertThat(found.out().lines()).hasSize(6);
    assertThat(repair.err()).contains("user 'just_looking' may not start a job run");
    scenario.execute("DROP ROLE just_looking");
  }

  @Test
  void anIntervalThatNoWorkerBuiltIsToldAndBuiltFromItsTicks() {
    replayed();

    Outcome told = scenario.mdp("verify", "bars", "--interval", "1h").requireCode(0);
    Outcome built = scenario.mdp("verify", "bars", "--interval", "1h", "--build").requireCode(0);

    String hours = scenario.value("SELECT count(*) FROM bars_ohlcv WHERE interval = '1h'");
    assertThat(told.err()).contains("= 0 equal + " + hours + " unbuilt", "--interval 1h --build");
    assertThat(built.err()).contains("wrote " + hours + " bars");
    assertThat(scenario.mdp("verify", "bars", "--interval", "1h").requireCode(0).err())
        .contains("checked " + hours + " bars = " + hours + " equal");
  }

  @Test
  void whereTicksAreGoneBarsAreBuiltFromAFinerInterval() {
    replayed();
    String hours =
        """
        SELECT start, (array_agg(price ORDER BY ts, seq))[1], max(price), min(price),
               (array_agg(price ORDER BY ts DESC, seq DESC))[1], count(*)
          FROM (SELECT *, date_bin('1 h', ts, timestamptz '1970-01-01 00:00Z') AS start FROM tick_data) t
         GROUP BY start ORDER BY start
        """;
    List<String> expected = scenario.rows(hours);
    scenario.execute("DELETE FROM tick_data WHERE ts < '2019-10-12T00:00:00Z'");
    String[] build = {"verify", "bars", "--interval", "1h", "--build"};
    scenario.mdp(build).requireCode(0);
    assertThat(scenario.count("SELECT count(*) FROM bars_ohlcv WHERE interval = '1h'"))
        .isLessThan(expected.size());

    Outcome finer =
        scenario
            .mdp("verify", "bars", "--interval", "1h", "--build", "--from-interval", "1m")
            .requireCode(0);

    expected.removeIf(row -> row.startsWith("2019-10-12 00:00:00"));
    assertThat(finer.err()).contains("not built from 1m: 1 windows at an edge");
    assertThat(
            scenario.rows(
                "SELECT ts, open, high, low, close, trade_count FROM bars_ohlcv WHERE interval = '1h' ORDER BY ts"))
        .isEqualTo(expected);
    assertThat(scenario.mdp("verify", "bars", "--interval", "1h").requireCode(0).err())
        .contains("unverifiable")
        .doesNotContain("unbuilt");
  }

  @Test
  void barsThatCameAsBarsAreExternalAtOnceAndMakeLongerOnes() {
    Instant begin = Instant.parse("2026-01-05T14:00:00Z");
    for (int minute = 0; minute < 130; minute++) {
      scenario.xadd(
          "{\"provider\":\"vendor\",\"symbol\":\"SPY\",\"kind\":\"bar\",\"interval\":\"1m\",\"src_ts\":\"%s\",\"o\":%d,\"h\":%d,\"l\":%d,\"c\":%d,\"v\":10}"
              .formatted(
                  begin.plusSeconds(60L * minute),
                  100 + minute,
                  103 + minute,
                  99 + minute,
                  101 + minute));
    }
    scenario.mdp("stream", "micro-batch", "--window", "2s", "--until-idle", "800ms").requireCode(0);

    scenario.mdp("stream", "ticks", "--until-idle", "500ms").requireCode(0);
    String[] verify = {"verify", "bars", "--provider", "vendor", "-o", "json"};
    assertThat(scenario.mdp(verify).requireCode(0).json().at("/data/counts/external").asInt())
        .isEqualTo(130);
    scenario
        .mdp("verify", "bars", "--build", "--interval", "1h", "--from-interval", "1m")
        .requireCode(0);

    assertThat(
            scenario.rows(
                "SELECT extract(hour FROM ts AT TIME ZONE 'UTC'), open, high, low, close, volume,"
                    + " vwap, trade_count FROM bars_ohlcv WHERE provider = 'vendor' AND interval = '1h' ORDER BY ts"))
        .containsExactly("14|100|162|99|160|600|null|null", "15|160|222|159|220|600|null|null");
    assertThat(scenario.mdp(verify).requireCode(0).json().at("/data/counts/external").asInt())
        .isEqualTo(132);
  }

  @Test
  void aFinerIntervalMustDivideTheOneThatIsBuilt() {
    scenario
        .mdp("verify", "bars", "--build", "--interval", "1m", "--from-interval", "7s")
        .requireCode(2);
    scenario.mdp("verify", "bars", "--build", "--from-interval", "1s").requireCode(2);
    scenario.mdp("verify", "bars", "--allow-shrink").requireCode(2);
    scenario.mdp("verify", "bars", "--limit", "-1").requireCode(2);
    scenario.mdp("verify", "bars", "--from", "now", "--to", "1h").requireCode(2);
  }

  @Test
  void printsNoMoreFindingsThanAsked() {
    replayed();
    scenario.execute("UPDATE bars_ohlcv SET low = low - 1");

    Outcome found = scenario.mdp("verify", "bars", "--limit", "2", "--output", "csv");

    found.requireCode(3);
    assertThat(found.out().lines()).hasSize(3);
    assertThat(found.err()).contains("printed 2 of 3,175 findings", "3,175 wrong");
  }

  private void replayed() {
    scenario.datasets(Recorded.xrpeth(SharedData.file("xrpeth/ticks.csv")));
    replay();
    RunningCommand ticks = scenario.start("stream", "ticks", "--until-idle", "1s");
    scenario.mdp("stream", "micro-batch", "--window", "1m,5m", "--until-idle", "1s").requireCode(0);
    ticks.await(0);
    assertThat(scenario.count("SELECT count(*) FROM bars_ohlcv")).isEqualTo(BARS);
  }

  private void replay(String... range) {
    String[] args = {"stream", "replay", "--dataset", "xrpeth", "--speed", "max"};
    String[] all = java.util.Arrays.copyOf(args, args.length + range.length);
    System.arraycopy(range, 0, all, args.length, range.length);
    scenario.mdp(all).requireCode(0);
  }

  private void damage() {
    String some = "(SELECT ctid FROM bars_ohlcv ORDER BY md5(symbol || interval || ts) %s)";
    scenario.execute(
        "UPDATE bars_ohlcv SET high = high + 1 WHERE ctid IN " + some.formatted("LIMIT 3"));
    scenario.execute(
        "DELETE FROM bars_ohlcv WHERE high < 1 AND ctid IN "
            + some.formatted("OFFSET 100 LIMIT 2"));
  }

  private static List<String> words(List<JsonNode> lines) {
    return lines.stream().map(line -> line.path("verdict").asText()).toList();
  }

  private String md5() {
    return scenario.value(
        "SELECT md5(string_agg(xmin || ' ' || ctid, ',' ORDER BY ctid)) FROM bars_ohlcv");
  }
}
