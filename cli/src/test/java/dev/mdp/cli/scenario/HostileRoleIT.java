package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A role for which someone has set everything that can change what a session means: the results
/// are those of a plain role, to the last digit.
class HostileRoleIT {
  private static final String ROLE = "hostile_role";

  private final Scenario plain = Scenario.empty();
  private final Scenario hostile = Scenario.empty();

  @AfterEach
  void close() {
    plain.close();
    hostile.close();
    try (Scenario server = Scenario.on("postgres")) {
      server.execute("DROP ROLE IF EXISTS " + ROLE);
    }
  }

  @Test
  void everyCommandGivesWhatItGivesUnderAPlainRole() {
    hostile.execute(
        """
        CREATE ROLE hostile_role LOGIN SUPERUSER;
        CREATE SCHEMA elsewhere;
        CREATE TABLE elsewhere.tick_data (nothing int);
        CREATE TABLE elsewhere.bars_ohlcv (nothing int);
        ALTER ROLE hostile_role SET search_path = elsewhere;
        ALTER ROLE hostile_role SET extra_float_digits = 0;
        ALTER ROLE hostile_role SET DateStyle = 'SQL, DMY';
        ALTER ROLE hostile_role SET IntervalStyle = 'sql_standard';
        ALTER ROLE hostile_role SET TimeZone = 'Asia/Kathmandu';
        ALTER ROLE hostile_role SET bytea_output = 'escape';
        ALTER ROLE hostile_role SET client_encoding = 'LATIN1';
        ALTER ROLE hostile_role SET standard_conforming_strings = off;
        ALTER ROLE hostile_role SET array_nulls = off;
        ALTER ROLE hostile_role SET transform_null_equals = on;
        ALTER ROLE hostile_role SET default_transaction_isolation = 'serializable';
        ALTER ROLE hostile_role SET default_transaction_read_only = on;
        ALTER ROLE hostile_role SET default_transaction_deferrable = on;
        ALTER ROLE hostile_role SET session_replication_role = replica;
        ALTER ROLE hostile_role SET row_security = on;
        ALTER ROLE hostile_role SET plan_cache_mode = force_generic_plan;
        ALTER ROLE hostile_role SET statement_timeout = '20ms';
        ALTER ROLE hostile_role SET lock_timeout = '1ms';
        ALTER ROLE hostile_role SET idle_session_timeout = '500ms';
        ALTER ROLE hostile_role SET idle_in_transaction_session_timeout = '20ms';
        ALTER ROLE hostile_role SET synchronous_commit = off;
        ALTER ROLE hostile_role SET lc_numeric = 'C';
        ALTER ROLE hostile_role SET exit_on_error = on;
        """);

    List<String> expected = DayOfWork.run(plain);
    List<String> actual =
        DayOfWork.run(
            hostile,
            "store.url=" + TestServers.url(hostile.database()).replace("mdp@", ROLE + "@"));

    assertThat(actual).isEqualTo(expected);
    assertThat(expected.getFirst()).contains("424.98999999999995");
    assertThat(
            hostile.value(
                "SELECT (SELECT count(*) FROM elsewhere.tick_data), (SELECT count(*) FROM elsewhere.bars_ohlcv)"))
        .isEqualTo("0|0");
  }
}
