package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.testkit.venue.FakeVenue;
import dev.mdp.testkit.venue.Fault;
import dev.mdp.testkit.venue.RestFault;
import dev.mdp.testkit.venue.Tape;
import dev.mdp.testkit.venue.VenueKind;
import dev.mdp.testkit.venue.VenueScript;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `mdp feeds fill`: by the process that publishes the shard, and where there is none by itself.
class FeedsFillIT {
  private static final String SYMBOL = "BTC-USD";
  private static final int TRADES = 900;

  private final Scenario scenario = Scenario.onRedis(2);

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void whereNoProcessPublishesTheShardTheCommandFillsUnderItsLease() {
    try (FakeVenue venue = venue()) {
      Child produce = refused(venue);
      produce.terminate().requireCode(0);
      runWorkers();
      scenario.execute("CREATE ROLE filler LOGIN IN ROLE mdp_writer");
      String[] role = {
        "--set", "store.url=" + TestServers.url(scenario.database()).replace("mdp@", "filler@")
      };

      Outcome open = fill().requireCode(0);
      Outcome dry = fill("--again", "--dry-run", "-o", "json").requireCode(0);
      Outcome unconfirmed = fill("--again").requireCode(2);
      Outcome still = fill("--again", "--confirm", "-o", "json", "--wait", "1s").requireCode(3);
      venue.healRest();
      Outcome done = fill("--again", "--confirm", "-o", "json", role[0], role[1]).requireCode(0);

      assertThat(open.err()).contains("nothing to ask for");
      assertThat(dry.err()).contains("would ask again for 1 holes of");
      assertThat(dry.json().path("data").path(0).path("refused").asLong()).isPositive();
      assertThat(unconfirmed.err()).contains("--confirm");
      assertThat(still.json().path("data").path(0).path("filled").asLong()).isZero();
      long ids = done.json().path("data").path(0).path("ids").asLong();
      assertThat(done.json().path("data").path(0).path("filled").asLong()).isEqualTo(ids);
      assertThat(done.err()).contains(" ids = ", " filled");
      requireComplete();
      assertThat(
              scenario.rows(
                  "SELECT status, rows_written, mode FROM job_runs WHERE job_name = 'feeds-fill' ORDER BY id DESC LIMIT 1"))
          .containsExactly("success|" + ids + "|backfill");
      assertThat(scenario.value("SELECT count(*) FROM feed_positions WHERE owner IS NOT NULL"))
          .isEqualTo("0");
    } finally {
      scenario.execute("DROP ROLE IF EXISTS filler");
    }
  }

  @Test
  void theProcessThatPublishesTheShardAsksForItNext() {
    try (FakeVenue venue = venue()) {
      Child produce = refused(venue);
      venue.healRest();
      long number = scenario.count("SELECT id FROM feed_gaps WHERE state = 'refused'");

      Outcome notAgain = fill(Long.toString(number), "--confirm").requireCode(2);
      Outcome done =
          fill(Long.toString(number), "--again", "--confirm", "--wait", "60s", "-o", "json")
              .requireCode(0);

      assertThat(notAgain.err()).contains("was given up as refused: --again");
      assertThat(done.json().path("data").path(0).path("filled").asLong()).isPositive();
      assertThat(scenario.count("SELECT count(*) FROM job_runs WHERE job_name = 'feeds-fill'"))
          .isZero();
      requireComplete();
      produce.terminate().requireCode(0);
    }
  }

  @Test
  void whatCannotBeAskedForIsTold() {
    scenario.execute(
        """
        INSERT INTO feed_positions (provider, shard, topic, shards) VALUES ('elsewhere', 0, 'mdp.events', 1);
        INSERT INTO feed_cursors (provider, symbol, epoch, first_id, contiguous_through, head, head_ts)
        VALUES ('elsewhere', 'A', 1, 1, 1, 100, now());
        INSERT INTO feed_series (provider, symbol, epoch, ids, ts_from) VALUES ('elsewhere', 'A', 1, 'contiguous', now());
        INSERT INTO feed_gaps (id, provider, symbol, epoch, id_from, id_to, ts_from, ts_to, state, reason, closed_at)
        VALUES (1, 'elsewhere', 'A', 1, 5, 9, now(), now(), 'open', 'skipped', NULL),
               (2, 'elsewhere', 'A', 1, 15, 19, now(), now(), 'filled', 'skipped', now()),
               (3, 'elsewhere', 'A', 1, 25, 29, now(), now(), 'dead-lettered', 'skipped', now()),
               (4, 'elsewhere', 'A', 0, 5, 9, now(), now(), 'open', 'skipped', NULL)
        """);

    assertThat(fill("77", "--confirm").requireCode(2).err())
        .contains("no hole has the number 77; mdp feeds gaps lists them");
    assertThat(fill("2", "--again", "--confirm").requireCode(2).err())
        .contains("hole 2 is filled: asking again cannot change that");
    assertThat(fill("3", "--confirm").requireCode(2).err())
        .contains("hole 3 is dead-lettered", "mdp stream dead-letters list");
    assertThat(fill("1", "--provider", "elsewhere", "--confirm").requireCode(2).err())
        .contains("leave --provider, --symbol, --from and --to out");
    assertThat(fill("x").requireCode(2).err()).contains("'x'");
    assertThat(fill("4", "--confirm").requireCode(0).err())
        .contains("left out 1 holes", "nothing to ask for");
    assertThat(fill("--from", "2026-01-01", "--to", "2026-01-02", "--confirm").requireCode(0).err())
        .contains("nothing to ask for");
    fill("1", "--confirm")
        .requireCode(78)
        .requireOneLine("no process publishes elsewhere, and", "add producers.elsewhere");
    assertThat(scenario.count("SELECT count(*) FROM feed_gaps WHERE asked_at IS NOT NULL"))
        .isZero();
  }

  private static FakeVenue venue() {
    Tape tape = Tape.seeded(21).symbol(SYMBOL, TRADES).build();
    return new FakeVenue(VenueKind.COINBASE, tape, VenueScript.calm()).start();
  }

  /// A producer has met a hole, and the venue refused its history; all trades have happened.
  private Child refused(FakeVenue venue) {
    scenario
        .sections(
            """
            producers:
              coinbase: { symbols: ["%s"], socket_url: "%s", rest_url: "%s" }
            """
                .formatted(SYMBOL, venue.wsUri(), venue.restUri()))
        .datasets("");
    Child produce = scenario.child("stream", "produce", "--provider", "coinbase");
    await("SELECT count(*) FROM feed_states WHERE state = 'live'", 1);
    venue.release(SYMBOL, 300);
    await("SELECT max(head) FROM feed_cursors", 300);
    venue.failRest(RestFault.restricted());
    venue.outage(true);
    venue.inject(Fault.cut());
    venue.release(SYMBOL, 700);
    venue.outage(false);
    await("SELECT count(*) FROM feed_gaps WHERE state = 'refused'", 1);
    venue.releaseAll();
    await("SELECT max(head) FROM feed_cursors", TRADES);
    return produce;
  }

  /// On a machine that is busy the producer starts slowly.
  private void await(String sql, int expected) {
    scenario.await(sql, Integer.toString(expected), Duration.ofSeconds(120));
  }

  /// Until both have read all there is.
  private void runWorkers() {
    scenario.mdp("stream", "ticks", "--until-idle", "1s").requireCode(0);
    scenario.mdp("stream", "micro-batch", "--window", "1s,1m", "--until-idle", "2s").requireCode(0);
  }

  private Outcome fill(String... more) {
    String[] words = new String[2 + more.length];
    words[0] = "feeds";
    words[1] = "fill";
    System.arraycopy(more, 0, words, 2, more.length);
    return scenario.mdp(words);
  }

  /// Every id is in the table, once; no window waits, every bar is right.
  private void requireComplete() {
    runWorkers();
    for (int again = 0; again < 5 && waiting() > 0; again++) {
      runWorkers();
    }
    assertThat(waiting()).isZero();
    assertThat(scenario.value("SELECT count(*) || ' ' || count(DISTINCT seq) FROM tick_data"))
        .isEqualTo(TRADES + " " + TRADES);
    Oracle.requireExactBarsSoon(scenario, Oracle.Interval.ONE_SECOND, Oracle.Interval.ONE_MINUTE);
    scenario.mdp("verify", "bars").requireCode(0);
  }

  private long waiting() {
    return scenario.count("SELECT count(*) FROM pending_repairs");
  }
}
