package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.AclSetuserArgs;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Passwords that the servers know or refuse are nowhere in what the commands leave.
class SecretCanaryIT {
  private static final String HEAD = "Xq7Zk9Vw";
  private static final String TAIL = "Jy5Qh8Ub";
  private static final String PASSWORD = HEAD + "?" + TAIL;
  private static final String ENCODED = HEAD + "%3F" + TAIL;

  private final Scenario scenario = Scenario.migrated();
  private final String role = scenario.database() + "_canary";

  @AfterEach
  void close() {
    scenario.redis().aclDeluser(role);
    scenario.close();
  }

  @Test
  void aPasswordIsInNoOutputMetricOrJobRunWhetherItIsRightOrWrong() throws Exception {
    requirePasswords();
    int port = freePort();
    Map<String, String> right =
        Map.of("MDP_STORE_URL", database(ENCODED), "MDP_BUS_REDIS_URI", redis(ENCODED));
    Map<String, String> wrong =
        Map.of("MDP_STORE_URL", database("no" + ENCODED), "MDP_BUS_REDIS_URI", redis(TAIL));
    Map<String, String> wrongStore =
        Map.of("MDP_STORE_URL", database("no" + ENCODED), "MDP_BUS_REDIS_URI", redis(ENCODED));

    requireClean(
        scenario.mdp(right, "stream", "produce", "--limit", "5", "--verbose").requireCode(0));
    Child worker =
        scenario.child(
            right, "stream", "micro-batch", "--verbose", "--set", "telemetry.metrics_port=" + port);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> get(port, "/readyz").statusCode() == 200);
    scenario.await("SELECT count(*) > 0 FROM stream_checkpoints WHERE position <> '0-0'", "t");
    // the password is changed under a worker: what it says while it waits is clean too
    scenario.execute("ALTER ROLE " + role + " PASSWORD 'another'");
    scenario.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + role + "'");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> get(port, "/readyz").statusCode() == 503);
    for (String page : List.of("/metrics", "/readyz", "/status", "/healthz")) {
      requireClean(page, get(port, page).body());
    }
    scenario.execute("ALTER ROLE " + role + " PASSWORD '" + PASSWORD + "'");
    requireClean(worker.terminate().requireCode(0));
    for (String[] command :
        List.of(
            new String[] {"config", "check", "--verbose"},
            new String[] {"config", "show", "--origin"},
            new String[] {"datastore", "status", "--verbose", "-o", "json"},
            new String[] {"stream", "tail", "--verbose", "-o", "json"},
            new String[] {"stream", "micro-batch", "--wait", "0", "--verbose"},
            new String[] {"stream", "ticks", "--wait", "0", "--verbose"})) {
      requireClean(scenario.mdp(wrong, command));
      requireClean(scenario.mdp(wrongStore, command));
    }
    Outcome refused = scenario.mdp(wrong, "datastore", "status").requireCode(78);

    assertThat(refused.err()).contains("refuses user '" + role + "'");
    List<String> runs = scenario.rows("SELECT r::text FROM job_runs r");
    assertThat(runs).hasSizeGreaterThanOrEqualTo(2);
    requireClean("job_runs", String.join("\n", runs));
  }

  private void requirePasswords() throws IOException {
    Path rules = TestServers.POSTGRES.dataDir().resolve("pg_hba.conf");
    Files.writeString(
        rules, "host all " + role + " 127.0.0.1/32 scram-sha-256\n" + Files.readString(rules));
    scenario.execute("CREATE ROLE " + role + " LOGIN SUPERUSER PASSWORD '" + PASSWORD + "'");
    scenario.execute("SELECT pg_reload_conf()");
    scenario
        .redis()
        .aclSetuser(
            role,
            AclSetuserArgs.Builder.on()
                .addPassword(PASSWORD)
                .allCommands()
                .allKeys()
                .allChannels());
  }

  private String database(String password) {
    return TestServers.url(scenario.database()).replace("mdp@", role + ":" + password + "@");
  }

  private String redis(String password) {
    return TestServers.REDIS.uri().replace("redis://", "redis://" + role + ":" + password + "@");
  }

  private static void requireClean(Outcome outcome) {
    requireClean(outcome.command(), outcome.out() + outcome.err());
  }

  private static void requireClean(String what, String text) {
    for (String secret : List.of(HEAD, TAIL)) {
      for (int i = 0; i + 4 <= secret.length(); i++) {
        assertThat(text).as(what).doesNotContain(secret.substring(i, i + 4));
      }
    }
  }

  private static HttpResponse<String> get(int port, String page) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + page)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
