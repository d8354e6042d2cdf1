package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The balance sheet of a run, wherever a person may look for it.
class LedgerIT {
  private static final Instant T = Instant.parse("2025-10-24T14:00:00Z");

  private final Scenario scenario = Scenario.migrated();

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void everyOutcomeIsInTheRunTheMetricsAndTheTable() throws Exception {
    int port = freePort();
    mixture();
    Child worker =
        scenario.child(
            "stream", "micro-batch", "--window", "2s", "--set", "telemetry.metrics_port=" + port);
    int ticksPort = freePort();
    Child ticks = scenario.child("stream", "ticks", "--set", "telemetry.metrics_port=" + ticksPort);
    scenario.await(
        "SELECT coalesce(max((metadata #>> '{ledger,0,p,read}')::int), 0) FROM job_runs WHERE job_name = 'ticks'",
        "8");
    awaitMetric(ticksPort, "tick_forward_total");
    String tickMetrics = scrape(ticksPort);
    ticks.terminate().requireCode(0);
    scenario.await(
        "SELECT coalesce(max((metadata #>> '{ledger,0,p,read}')::int), 0) FROM job_runs WHERE job_name = 'micro-batch'",
        "8");
    awaitMetric(port, "outcome=\"filtered\"");
    String metrics = scrape(port);
    Outcome ended = worker.terminate().requireCode(0);

    String group = scenario.group("micro-batcher");
    for (String outcome :
        new String[] {"aggregated", "duplicate", "conflict", "sealed-late", "filtered"}) {
      assertThat(metrics)
          .containsPattern(
              "stream_ledger_events_total\\{group=\"%s\",outcome=\"%s\",provider=\"p\"} [1-9]"
                  .formatted(group, outcome));
    }
    assertThat(metrics)
        .containsPattern(
            "stream_late_events_total\\{group=\"" + group + "\",provider=\"p\",symbol=\"SPY\"} 1")
        .containsPattern("stream_late_ms_sum\\{group=\"" + group + "\",provider=\"p\"} 300000");
    assertThat(tickMetrics)
        .containsPattern(
            "stream_ledger_events_total\\{group=\"%s\",outcome=\"conflict\",provider=\"p\"} 2"
                .formatted(scenario.group("tick-consumer")))
        .contains("outcome=\"dead-lettered\",provider=\"unknown\"} 1");
    assertThat(
            ended.err().lines().filter(line -> line.contains("Set seq: equal timestamps collide")))
        .hasSize(1)
        .allMatch(line -> line.contains("provider p"));
    JsonNode run = inspect("micro-batch");
    assertThat(run.path("ledger_adds_up").asBoolean()).isTrue();
    JsonNode account = run.at("/metadata/ledger/0/p");
    assertThat(account.toString())
        .contains(
            "\"read\":8",
            "\"duplicate\":1",
            "\"conflict\":2",
            "\"sealed-late\":1",
            "\"filtered\":1");
    assertThat(account.path("aggregated").asLong() + account.path("open").asLong()).isEqualTo(3);
    assertThat(run.at("/metadata/ledger/0/unknown/dead-lettered").asLong()).isEqualTo(1);
    Outcome table = scenario.mdp("datastore", "job-runs-inspect", id("micro-batch")).requireCode(0);
    assertThat(table.out().lines())
        .anyMatch(line -> line.matches("all +all +9 +=.* yes"))
        .anyMatch(line -> line.matches("p +SPY +1 +300000"));
    assertThat(inspect("ticks").at("/metadata/ledger/0/p/conflict").asLong()).isEqualTo(2);
  }

  @Test
  void aRunWhoseLedgerDoesNotAddUpFails() {
    LiveTicks.send(scenario, "p", "SPY", T, 50);
    Child worker = scenario.child("stream", "micro-batch", "--window", "2s");
    scenario.await(
        "SELECT coalesce(max((metadata #>> '{ledger,0,p,read}')::int), 0) FROM job_runs", "50");

    worker.signal("STOP");
    scenario.execute(
        "SELECT pg_terminate_backend(pid, 20000) FROM pg_stat_activity"
            + " WHERE application_name LIKE 'mdp micro-batch%' AND datname = current_database()");
    scenario.execute(
        "UPDATE job_runs SET metadata = jsonb_set(metadata, '{ledger,0,p,read}', '51')");
    worker.signal("CONT");
    LiveTicks.send(scenario, "p", "SPY", T.plusSeconds(60), 5);
    Outcome ended = worker.awaitEnd();

    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    assertThat(ended.err()).contains("the ledger of", "does not add up: ", "this is a bug");
    assertThat(scenario.rows("SELECT status, error_message LIKE '%does not add up%' FROM job_runs"))
        .containsExactly("failure|t");
    scenario.mdp("datastore", "job-runs-inspect", id("micro-batch")).requireCode(3);
    scenario.mdp("stream", "micro-batch", "--window", "2s", "--until-idle", "800ms").requireCode(0);
    assertThat(scenario.count("SELECT sum(trade_count) FROM bars_ohlcv")).isEqualTo(55);
  }

  /// Eight entries of provider p, one for each outcome and more, and one that is no JSON.
  private void mixture() {
    scenario.xadd(LiveTicks.tick("p", "SPY", T, 1, 10));
    scenario.xadd(LiveTicks.tick("p", "SPY", T, 1, 10));
    scenario.xadd(LiveTicks.tick("p", "SPY", T, 1, 11));
    scenario.xadd(LiveTicks.tick("p", "SPY", T, 1, 12));
    scenario.xadd(LiveTicks.tick("p", "SPY", T.plusSeconds(300), 2, 11));
    scenario.xadd(LiveTicks.tick("p", "SPY", T, 3, 12));
    scenario.xadd(LiveTicks.tick("p", "SPY", T.plusSeconds(301), 4, 12));
    scenario.xadd("{\"kind\":\"end\",\"provider\":\"p\"}");
    scenario.xadd("{nonsense");
  }

  private JsonNode inspect(String job) {
    return scenario
        .mdp("datastore", "job-runs-inspect", id(job), "-o", "json")
        .requireCode(0)
        .json()
        .path("data");
  }

  private String id(String job) {
    return scenario.value("SELECT min(id) FROM job_runs WHERE job_name = '" + job + "'");
  }

  /// What is committed is counted a moment later.
  private static void awaitMetric(int port, String part) {
    Awaitility.await(part).atMost(Duration.ofSeconds(20)).until(() -> scrape(port).contains(part));
  }

  private static String scrape(int port) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
