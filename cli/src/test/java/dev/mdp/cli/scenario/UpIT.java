package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.cli.GuideCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `mdp up` on a machine that has nothing.
class UpIT {
  private static final Pattern DATABASE = Pattern.compile("export DATABASE_URL='([^']+)'");
  private static final Pattern REDIS = Pattern.compile("export REDIS_URI='([^']+)'");

  @TempDir Path folder;

  @Test
  void upGivesBarsAndTicksAndASecondUpGoesOnWithTheSameData() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    long firstTicks;
    String firstOpen;
    try (Child first = up("120s")) {
      try (Scenario scenario = connected(first)) {
        scenario.await("SELECT count(*) > 6 FROM bars_ohlcv", "t");
        scenario.await("SELECT count(*) > 20 FROM tick_data", "t");
        assertThat(scenario.rows("SELECT job_name, mode, status FROM job_runs ORDER BY 1"))
            .containsExactly(
                "micro-batch|live|running", "produce|live|running", "ticks|live|running");
      }
      try (Child other = up("5s");
          Child tail = beside("stream", "tail", "--limit", "1")) {
        other.awaitEnd().requireCode(75).requireOneLine("data");
        Outcome found = tail.awaitEnd().requireCode(0);
        found.requireOneLine("note: servers of the mdp up that runs here (.mdp/env)");
        assertThat(found.jsonLines()).hasSize(1);
      }
      List<String> passwords = passwords();
      Outcome end = first.terminate().requireCode(0);
      assertThat(end.out()).isEmpty();
      assertThat(end.err())
          .contains("embedded   postgresql 18", "redis 6.2", "producing  synthetic", "done ")
          .contains("(. .mdp/env; psql)", "(. .mdp/env; redis-cli -p ")
          .doesNotContain("WARN", "ERROR", "\tat ")
          .doesNotContain(passwords);
      assertThat(GuideCommand.shapes(Stream.of(end.err()))).containsAll(shapesInTheReadme());
      assertThat(folder.resolve(".mdp/env")).doesNotExist();
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(".mdp"))))
          .startsWith("rwx")
          .endsWith("---");
      Matcher read = Pattern.compile("read ([0-9]+) = ").matcher(end.err());
      assertThat(read.find()).isTrue();
      firstTicks = Long.parseLong(read.group(1));
      Matcher open = Pattern.compile("([0-9]+) open windows? kept").matcher(end.err());
      assertThat(open.find()).as(end.err()).isTrue();
      firstOpen = open.group(1);
      assertThat(firstTicks).isGreaterThan(20);
    }

    try (Child second = up("120s");
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
      second.signal("HUP");
      second.signal("HUP");
      Outcome end = second.awaitEnd().requireCode(0);
      assertThat(end.err()).contains("draining", "next       ./mdp verify bars --from 1m ");
    }
    try (Child verify = beside("verify", "bars")) {
      Outcome end = verify.awaitEnd().requireCode(0);
      assertThat(end.err()).containsPattern("checked [0-9]+ bars = ");
    }
    aKilledUpTakesItsServersAlongAndItsFileMisleadsNobody();
  }

  /// What every `up` prints that starts its servers.
  private static Set<String> shapesInTheReadme() throws IOException {
    GuideCommand shown =
        GuideCommand.all().stream()
            .filter(each -> each.command().startsWith("up ") && !each.output().isEmpty())
            .findFirst()
            .orElseThrow();
    Set<String> always =
        GuideCommand.shapes(
            shown.output().stream()
                .filter(line -> line.matches("(embedded|connect|producing|next) .*")));
    assertThat(always).hasSize(4);
    return always;
  }

  private void aKilledUpTakesItsServersAlongAndItsFileMisleadsNobody() throws Exception {
    List<ProcessHandle> servers;
    try (Child third = up("120s")) {
      third.awaitErr("producing");
      servers = ProcessHandle.of(third.pid()).orElseThrow().children().toList();
      assertThat(servers).hasSize(2);
      third.kill();
    }
    for (ProcessHandle server : servers) {
      server.onExit().get(30, TimeUnit.SECONDS);
    }

    try (Child tail =
        beside("stream", "tail", "--limit", "1", "--set", "bus.redis.uri=redis://127.0.0.1:1/0")) {
      Outcome end = tail.awaitEnd().requireCode(69);
      assertThat(end.err()).contains(".mdp/env was left behind by an mdp up that was killed");
    }
  }

  @Test
  void namedServersAreNotStartedAndATakenMetricsPortIsAvoided() throws Exception {
    try (Scenario scenario = Scenario.migrated();
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = "telemetry.metrics_port=" + taken.getLocalPort();
      Child up = scenario.child("up", "--for", "4s", "--set", port);

      Outcome end = up.awaitEnd().requireCode(0);

      assertThat(end.err())
          .doesNotContain("embedded")
          .contains("given      postgresql://", scenario.database(), " · redis://127.0.0.1:")
          .contains("/metrics (port " + taken.getLocalPort() + " is taken)");
      scenario.mdp("stream", "ticks", "--set", port).requireCode(75).requireOneLine("metrics_port");
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
    return Child.startHearingHup(
        folder, Map.of(), "up", "--for", time, "--set", "telemetry.metrics_port=0");
  }

  /// A command in the folder where `up` runs.
  private Child beside(String... args) {
    return Child.start(folder, Map.of(), args);
  }

  /// As the file has it that `up` writes.
  private Scenario connected(Child up) throws IOException {
    up.awaitErr("producing");
    String text = Files.readString(folder.resolve(".mdp/env"));
    return Scenario.on(found(REDIS, text), found(DATABASE, text));
  }

  private List<String> passwords() throws IOException {
    return List.of(
        Files.readString(folder.resolve(".mdp/redis.password")).strip(),
        Files.readString(folder.resolve(".mdp/postgres.password")).strip());
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static void requireLedgersAddUp(Scenario scenario) {
    List<String> runs = scenario.rows("SELECT id FROM job_runs ORDER BY id");
    assertThat(runs).hasSize(6);
    for (String run : runs) {
      scenario.mdp("datastore", "job-runs-inspect", run).requireCode(0);
    }
  }
}
