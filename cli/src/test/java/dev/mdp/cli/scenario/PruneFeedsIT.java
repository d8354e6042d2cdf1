package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `datastore prune` of what live feeds note, and what it notes itself.
class PruneFeedsIT {
  private final Scenario scenario = Scenario.migrated();

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void anOpenHoleStaysHoweverOldItIs() {
    tick("A", 50, 1);
    gap(1, "A", "open", 90, 90);
    gap(10, "A", "filled", 60, 60);
    gap(20, "A", "filled", 60, 20);
    gap(30, "A", "filled", 20, 20);

    Outcome dry = prune("feed_gaps", "30d", "--dry-run", "-o", "json").requireCode(0);
    Outcome done = prune("feed_gaps", "30d", "--confirm").requireCode(0);

    assertThat(dry.json().path("data").path(0).path("rows").asInt()).isEqualTo(1);
    assertThat(done.err()).contains("removed 1 rows: feed_gaps has nothing before", "that may go");
    assertThat(gaps()).containsExactly("1|open", "20|filled", "30|filled");
  }

  @Test
  void aHoleThatExplainsTicksThatAreKeptStays() {
    tick("A", 70, 5);
    tick("A", 50, 500);
    tick("B", 50, 500);
    for (String symbol : List.of("A", "B")) {
      gap(1, symbol, "void", 80, 60);
      gap(10, symbol, "gone", 60, 60);
      gap(20, symbol, "refused", 60, 60);
      gap(30, symbol, "dead-lettered", 60, 60);
    }

    prune("feed_gaps", "30d", "--confirm").requireCode(0);

    assertThat(scenario.rows("SELECT symbol, id_from FROM feed_gaps ORDER BY 1, 2"))
        .containsExactly("A|10", "A|20", "A|30");
  }

  @Test
  void aHoleThatIsAskedForStays() {
    gap(1, "A", "gone", 60, 60);
    scenario.execute("UPDATE feed_gaps SET asked_at = now()");

    prune("feed_gaps", "30d", "--confirm").requireCode(0);

    assertThat(gaps()).containsExactly("1|gone");
  }

  @Test
  void theLastStateOfASeriesStaysAndTheBoundIsNoted() {
    state("A", "live", 90, 80);
    state("A", "down", 80, 70);
    state("B", "live", 90, 20);
    state("B", "down", 20, 10);

    prune("feed_states", "30d", "--confirm").requireCode(0);

    assertThat(scenario.rows("SELECT symbol, state FROM feed_states ORDER BY 1, ts_from"))
        .containsExactly("A|down", "B|live", "B|down");
    assertThat(
            scenario.rows(
                "SELECT table_name, provider, symbol, ts > now() - interval '81 days', ts <= now() - interval '30 days', id_through FROM prune_bounds"))
        .containsExactly("feed_states|v|A|t|t|null");
  }

  @Test
  void anEpochStaysAsLongAsItsTicksItsHolesOrItsIdsAreOfUse() {
    for (String symbol : List.of("GONE", "TICKS", "HOLE", "NEWEST")) {
      epoch(symbol, 0, 80);
    }
    for (String symbol : List.of("GONE", "TICKS", "HOLE")) {
      epoch(symbol, 1, 50);
    }
    tick("GONE", 60, 1);
    tick("TICKS", 80, 1);
    gap(1, "HOLE", "void", 90, 90);

    prune("feed_series", "30d", "--confirm").requireCode(0);

    String left = "SELECT symbol, epoch FROM %s ORDER BY 1, 2";
    List<String> expected = List.of("GONE|1", "HOLE|0", "HOLE|1", "NEWEST|0", "TICKS|0", "TICKS|1");
    assertThat(scenario.rows(left.formatted("feed_series"))).isEqualTo(expected);
    assertThat(scenario.rows(left.formatted("feed_cursors"))).isEqualTo(expected);
  }

  @Test
  void aCorrectionThatIsNotAppliedStaysAsLongAsItsTick() {
    tick("A", 65, 1);
    correction("A", 60, "now()");
    correction("A", 61, "NULL");
    correction("B", 60, "NULL");
    correction("B", 10, "now()");

    prune("tick_corrections", "30d", "--confirm").requireCode(0);

    assertThat(scenario.rows("SELECT symbol, seq FROM tick_corrections ORDER BY 1, 2"))
        .containsExactly("A|61", "B|10");
  }

  @Test
  void whatIsRemovedOfTicksIsNotedWithTheHighestIdOfTheEpoch() {
    epoch("A", 0, 60);
    epoch("A", 1, 1);
    tick("A", 70, 900);
    tick("A", 60, 901);
    tick("A", 59, 4);
    tick("A", 40, 7);
    tick("A", 41, 8);
    tick("A", 20, 9);
    tick("U", 50, 77);
    tick("YOUNG", 20, 1);

    prune("tick_data", "65d", "--confirm").requireCode(0);
    List<String> first = bounds();
    prune("tick_data", "30d", "--confirm").requireCode(0);
    prune("tick_data", "30d", "--confirm").requireCode(0);

    assertThat(first).containsExactly("A|0|900|t");
    assertThat(bounds()).containsExactly("A|1|8|t", "U|null|null|t");
    assertThat(
            scenario.count(
                "SELECT count(*) FROM prune_bounds b WHERE EXISTS (SELECT FROM tick_data t WHERE t.symbol = b.symbol AND t.ts < b.ts)"))
        .isZero();
  }

  @Test
  void theCleanersRoleIsEnough() {
    epoch("A", 0, 80);
    epoch("A", 1, 50);
    tick("A", 60, 1);
    gap(1, "A", "filled", 60, 60);
    state("A", "live", 90, 80);
    state("A", "down", 80, 10);
    correction("A", 60, "now()");
    String role = "cleaner_of_" + scenario.database();
    scenario.execute("CREATE ROLE " + role + " LOGIN IN ROLE mdp_cleaner");
    String url = "store.url=" + TestServers.url(scenario.database()).replace("mdp@", role + "@");
    try {
      for (String table :
          List.of("feed_gaps", "feed_states", "feed_series", "tick_corrections", "tick_data")) {
        prune(table, "30d", "--confirm", "--set", url).requireCode(0);
      }
    } finally {
      scenario.execute("DROP ROLE " + role);
    }

    assertThat(bounds()).containsExactly("A|1|1|t");
    for (String table : List.of("feed_gaps", "tick_corrections", "tick_data")) {
      assertThat(scenario.count("SELECT count(*) FROM " + table)).as(table).isZero();
    }
  }

  private List<String> bounds() {
    return scenario.rows(
        "SELECT symbol, epoch, id_through, ts > now() - interval '71 days' FROM prune_bounds WHERE table_name = 'tick_data' ORDER BY 1");
  }

  private List<String> gaps() {
    return scenario.rows("SELECT id_from, state FROM feed_gaps ORDER BY 1");
  }

  private Outcome prune(String table, String olderThan, String... more) {
    String[] words = new String[6 + more.length];
    System.arraycopy(
        new String[] {"datastore", "prune", "--table", table, "--older-than", olderThan},
        0,
        words,
        0,
        6);
    System.arraycopy(more, 0, words, 6, more.length);
    return scenario.mdp(words);
  }

  /// Days are before now.
  private void tick(String symbol, int day, long seq) {
    scenario.execute(
        "INSERT INTO tick_data (provider, symbol, ts, seq, price) VALUES ('v', '%s', now() - interval '%d days', %d, 1)"
            .formatted(symbol, day, seq));
  }

  private void gap(long first, String symbol, String state, int day, int closed) {
    scenario.execute(
        """
        INSERT INTO feed_gaps (provider, symbol, epoch, id_from, id_to, ts_from, ts_to, state, reason, closed_at)
        VALUES ('v', '%2$s', 0, %1$d, %1$d + 3, now() - interval '%4$d days', now() - interval '%4$d days', '%3$s', 'skipped',
                CASE WHEN '%3$s' <> 'open' THEN now() - interval '%5$d days' END)
        """
            .formatted(first, symbol, state, day, closed));
  }

  private void state(String symbol, String state, int from, int to) {
    scenario.execute(
        "INSERT INTO feed_states (provider, symbol, state, ts_from, ts_to, session) VALUES ('v', '%s', '%s', now() - interval '%d days', now() - interval '%d days', 1)"
            .formatted(symbol, state, from, to));
  }

  private void epoch(String symbol, int epoch, int headDay) {
    scenario.execute(
        """
        INSERT INTO feed_cursors (provider, symbol, epoch, first_id, contiguous_through, head, head_ts)
        VALUES ('v', '%1$s', %2$d, 1, 1, 1000, now() - interval '%3$d days' + interval '1 hour');
        INSERT INTO feed_series (provider, symbol, epoch, ids, ts_from)
        VALUES ('v', '%1$s', %2$d, 'contiguous', now() - interval '%3$d days')
        """
            .formatted(symbol, epoch, headDay));
  }

  private void correction(String symbol, int day, String applied) {
    scenario.execute(
        "INSERT INTO tick_corrections (provider, symbol, ts, seq, cause, applied_at) VALUES ('v', '%1$s', now() - interval '%2$d days', %2$d, 'correction', %3$s)"
            .formatted(symbol, day, applied));
  }
}
