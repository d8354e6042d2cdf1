package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.testkit.PgBouncer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Behind a real pgbouncer with its default settings, by SCRAM all the way, as a role whose own
/// settings would change results.
class PoolerIT {
  private static final String ROLE = "behind_a_pooler";
  private static final String PASSWORD = "open sesame";
  private static final String ACCOUNT = ROLE + ":open%20sesame@127.0.0.1:";

  /// Fewer sessions than the workers have connections.
  private static final int POOL_SIZE = 2;

  private static PgBouncer sessions;
  private static PgBouncer transactions;

  private Scenario scenario = Scenario.migrated();

  @BeforeAll
  static void start() throws IOException {
    PgBouncer.assumeInstalled();
    String secret;
    try (Scenario server = Scenario.on("postgres")) {
      server.execute(
          """
          CREATE ROLE behind_a_pooler LOGIN SUPERUSER PASSWORD 'open sesame';
          ALTER ROLE behind_a_pooler SET search_path = elsewhere;
          ALTER ROLE behind_a_pooler SET extra_float_digits = 0;
          ALTER ROLE behind_a_pooler SET TimeZone = 'Asia/Kathmandu';
          ALTER ROLE behind_a_pooler SET IntervalStyle = 'sql_standard';
          ALTER ROLE behind_a_pooler SET bytea_output = 'escape';
          ALTER ROLE behind_a_pooler SET default_transaction_isolation = 'serializable';
          ALTER ROLE behind_a_pooler SET default_transaction_read_only = on;
          ALTER ROLE behind_a_pooler SET session_replication_role = replica;
          ALTER ROLE behind_a_pooler SET statement_timeout = '20ms';
          ALTER ROLE behind_a_pooler SET lock_timeout = '1ms';
          ALTER ROLE behind_a_pooler SET idle_in_transaction_session_timeout = '20ms';
          """);
      secret = server.value("SELECT rolpassword FROM pg_authid WHERE rolname = '" + ROLE + "'");
      Path rules = TestServers.POSTGRES.dataDir().resolve("pg_hba.conf");
      String guarded = "host all " + ROLE + " 127.0.0.1/32 scram-sha-256\n";
      Files.writeString(rules, guarded + Files.readString(rules));
      server.execute("SELECT pg_reload_conf()");
    }
    int port = TestServers.POSTGRES.port();
    sessions = PgBouncer.start(port, "session", 20, Map.of(ROLE, secret));
    transactions = PgBouncer.start(port, "transaction", POOL_SIZE, Map.of(ROLE, secret));
  }

  @AfterAll
  static void stop() {
    if (sessions != null) {
      sessions.close();
    }
    if (transactions != null) {
      transactions.close();
      try (Scenario server = Scenario.on("postgres")) {
        server.execute("DROP ROLE " + ROLE);
      }
    }
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void everyCommandGivesWhatItGivesWithoutAPooler() {
    List<String> expected;
    try (Scenario plain = Scenario.empty()) {
      expected = DayOfWork.run(plain);
    }
    try (Scenario pooled = Scenario.empty()) {
      assertThat(DayOfWork.run(pooled, url(pooled, sessions.port()))).isEqualTo(expected);
    }
    try (Scenario pooled = Scenario.empty()) {
      assertThat(
              DayOfWork.run(
                  pooled, url(pooled, transactions.port()), shared(), direct(pooled.database())))
          .isEqualTo(expected);
    }
  }

  /// Our settings would hold for strangers, and not for us.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "stream micro-batch --until-idle 1s",
        "stream ticks --until-idle 1s",
        "verify bars",
        "bars list",
        "datastore status",
        "datastore migrate",
        "config check"
      })
  void aTransactionPoolerThatTheConfigurationDoesNotNameIsRefused(String command) {
    Outcome outcome = mdp(command, url(scenario, transactions.port())).requireCode(78);

    assertThat(outcome.err())
        .contains("set store.pooler: transaction, and store.direct_url", "pool_mode = session")
        .doesNotContain("\tat ", PASSWORD, "sesame");
    assertThat(outcome.err().lines().filter(line -> line.contains("store.pooler"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stream micro-batch --until-idle 1s",
        "stream infer --until-idle 1s",
        "datastore migrate"
      })
  void whatNeedsASessionNamesTheKeyThatGivesIt(String command) {
    scenario.write(
        "configs/rules.yaml",
        "version: 1\nrules:\n  - { name: each, condition: \"price > 0\", signal: 1, score: 0.5 }\n");

    Outcome outcome = mdp(command, url(scenario, transactions.port()), shared()).requireCode(78);

    assertThat(outcome.err())
        .contains("store.direct_url", "needs its own session")
        .doesNotContain("\tat ", "sesame");
    assertThat(outcome.err().lines().filter(line -> line.contains("store.direct_url"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stream ticks --until-idle 500ms",
        "verify bars",
        "verify feeds",
        "feeds status",
        "feeds gaps",
        "ticks export --from 1h",
        "stream checkpoints list",
        "datastore status",
        "datastore migrate --check",
        "datastore prune --table tick_data --older-than 1d --confirm",
        "datastore job-runs-list",
        "config check"
      })
  void whatNeedsNoSessionRunsWithoutADirectUrl(String command) {
    mdp(command, url(scenario, transactions.port()), shared()).requireCode(0);
  }

  @Test
  void aDirectUrlToAnotherDatabaseOrToThePoolerIsRefused() {
    try (Scenario other = Scenario.migrated()) {
      assertThat(worker(direct(other.database())).requireCode(78).err())
          .contains("lead to different databases", other.database())
          .doesNotContain("sesame");
    }
    String pooled = "store.direct_url=" + address(scenario, transactions.port());
    assertThat(worker(pooled).requireCode(78).err())
        .contains("store.direct_url", "must name the server itself")
        .doesNotContain("sesame");
    assertThat(worker("store.direct_url=mysql://u:hush@h/db").requireCode(78).err())
        .contains("store.direct_url: must begin with postgresql://")
        .doesNotContain("hush");
  }

  private Outcome worker(String direct) {
    return mdp(
        "stream micro-batch --until-idle 1s", url(scenario, transactions.port()), shared(), direct);
  }

  private Outcome mdp(String command, String... sets) {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    for (String set : sets) {
      words.addAll(List.of("--set", set));
    }
    return scenario.mdp(words.toArray(String[]::new));
  }

  private static String shared() {
    return "store.pooler=transaction";
  }

  private static String direct(String database) {
    return "store.direct_url=postgresql://"
        + ACCOUNT
        + TestServers.POSTGRES.port()
        + "/"
        + database;
  }

  private static String url(Scenario of, int port) {
    return "store.url=" + address(of, port);
  }

  private static String address(Scenario of, int port) {
    return "postgresql://" + ACCOUNT + port + "/" + of.database();
  }
}
