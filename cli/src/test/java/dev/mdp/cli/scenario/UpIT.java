package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `mdp up` on a machine that has nothing.
class UpIT {
  private static final Pattern DATABASE = Pattern.compile("psql '(postgresql://[^']+)'");
  private static final Pattern REDIS = Pattern.compile("redis-cli -p ([0-9]+)");

  @TempDir Path folder;

  @Test
  void upGivesBarsAndTicksAndASecondUpGoesOnWithTheSameData() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    long firstTicks;
    String firstOpen;
    try (Child first = up("15s")) {
      try (Scenario scenario = connected(first)) {
        scenario.await("SELECT count(*) > 6 FROM bars_ohlcv", "t");
        scenario.await("SELECT count(*) > 20 FROM tick_data", "t");
        assertThat(scenario.rows("SELECT job_name, mode, status FROM job_runs ORDER BY 1"))
            .containsExactly(
                "micro-batch|live|running", "produce|live|running", "ticks|live|running");
      }
      try (Child other = up("5s")) {
        other.awaitEnd().requireCode(75).requireOneLine("data");
      }
      Outcome end = first.awaitEnd().requireCode(0);
      assertThat(end.out()).isEmpty();
      assertThat(end.err())
          .contains("embedded   postgresql 18", "redis 6.2", "producing  synthetic", "done ")
          .doesNotContain("WARN", "ERROR", "\tat ");
      Matcher read = Pattern.compile("read ([0-9]+) = ").matcher(end.err());
      assertThat(read.find()).isTrue();
      firstTicks = Long.parseLong(read.group(1));
      Matcher open = Pattern.compile("([0-9]+) open windows? kept").matcher(end.err());
      assertThat(open.find()).as(end.err()).isTrue();
      firstOpen = open.group(1);
      assertThat(firstTicks).isBetween(30L, 60L);
    }

    try (Child second = up("8s");
        Scenario scenario = connected(second)) {
      scenario.await("SELECT max(epoch) FROM stream_checkpoints", "2");
      scenario.await("SELECT count(*) > " + firstTicks + " FROM tick_data", "t");
      scenario.await(
          "SELECT count(*) > 0 FROM bars_ohlcv WHERE run_id > (SELECT min(id) FROM job_runs WHERE job_name = 'micro-batch')",
          "t");
      long ended =
          scenario.count(
              "SELECT count(*) FROM job_runs WHERE status = 'success' AND completed_at IS NOT NULL");
      String recovered =
          scenario.value(
              "SELECT count(*) FROM (SELECT provider, symbol, date_bin('2 seconds', ts, 'epoch') FROM tick_data WHERE ts < now() - interval '5 seconds' GROUP BY 1, 2, 3 EXCEPT SELECT provider, symbol, ts FROM bars_ohlcv WHERE interval = '2s') missing");

      assertThat(ended).as("the runs of the first start").isEqualTo(3);
      assertThat(recovered).as("windows without a bar, %s were open", firstOpen).isEqualTo("0");
      requireLedgersAddUp(scenario);
      Outcome end = second.terminate().requireCode(0);
      assertThat(end.err()).contains("next       ./mdp verify bars --from 1m --data-dir ");
    }
    try (Child verify =
        Child.start(
            folder,
            java.util.Map.of(),
            "verify",
            "bars",
            "--data-dir",
            folder.resolve("data").toString())) {
      Outcome end = verify.awaitEnd().requireCode(0);
      assertThat(end.err()).containsPattern("checked [0-9]+ bars = ");
    }
  }

  @Test
  void asFarAsServersAreNamedNoneIsStarted() {
    try (Scenario scenario = Scenario.migrated()) {
      Child up = scenario.child("up", "--for", "4s");

      Outcome end = up.awaitEnd().requireCode(0);

      assertThat(end.err()).doesNotContain("embedded");
      assertThat(scenario.folder().resolve(".mdp")).doesNotExist();
      assertThat(scenario.count("SELECT count(*) FROM tick_data")).isPositive();
      assertThat(scenario.rows("SELECT DISTINCT status FROM job_runs")).containsExactly("success");
    }
  }

  @Test
  void aRecordingIsPlayedThroughTheWholePipeline() {
    try (Scenario scenario = Scenario.migrated()) {
      scenario.datasets(Recorded.xrpeth(SharedData.file("xrpeth/ticks.csv")));

      Outcome end =
          scenario.mdp("up", "--provider", "dataset", "--dataset", "xrpeth", "--for", "5s");

      end.requireCode(0);
      assertThat(scenario.count("SELECT count(*) FROM tick_data")).isEqualTo(12_477);
      Oracle.requireExactBars(scenario, Oracle.Interval.TWO_SECONDS);
    }
  }

  private Child up(String time) {
    return Child.start(
        folder,
        java.util.Map.of(),
        "up",
        "--for",
        time,
        "--data-dir",
        folder.resolve("data").toString(),
        "--set",
        "telemetry.metrics_port=0");
  }

  /// As the lines tell that it prints.
  private static Scenario connected(Child up) {
    up.awaitErr("producing");
    Matcher database = DATABASE.matcher(up.err());
    Matcher redis = REDIS.matcher(up.err());
    assertThat(database.find() && redis.find()).as(up.err()).isTrue();
    return Scenario.on("redis://127.0.0.1:" + redis.group(1) + "/0", database.group(1));
  }

  private static void requireLedgersAddUp(Scenario scenario) {
    List<String> runs = scenario.rows("SELECT id FROM job_runs ORDER BY id");
    assertThat(runs).hasSize(6);
    for (String run : runs) {
      scenario.mdp("datastore", "job-runs-inspect", run).requireCode(0);
    }
  }
}
