package dev.mdp.cli.scenario;

import static dev.mdp.cli.scenario.PlantedFeeds.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What an operator sees of live feeds: `mdp verify feeds`, `mdp feeds status`, the holes under
/// bars.
class VerifyFeedsIT {
  private static final String FROM = "2025-01-06T14:59:50Z";
  private static final String TO = "2025-01-06T15:03:20Z";

  private final Scenario scenario = Scenario.migrated();
  private final PlantedFeeds feeds = new PlantedFeeds(scenario);

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void everyIdAndEverySecondHasItsWord() {
    feeds.everyWord();

    Outcome found = verify("-o", "json").requireCode(3);

    JsonNode series = found.json().path("data").path("series").get(0);
    assertThat(series.path("id_from").asLong()).isEqualTo(1);
    assertThat(series.path("id_to").asLong()).isEqualTo(44);
    assertThat(series.path("expected").asLong()).isEqualTo(44);
    assertThat(series.path("stored").asLong()).isEqualTo(18);
    assertThat(words(series.path("missing")))
        .containsOnly(
            entry("unexplained", 2L),
            entry("open", 2L),
            entry("filled", 2L),
            entry("refused", 2L),
            entry("dead-lettered", 2L),
            entry("gone", 2L),
            entry("blind", 2L),
            entry("unverifiable", 10L),
            entry("void", 2L));
    assertThat(series.path("seconds").asLong()).isEqualTo(210);
    assertThat(words(series.path("time")))
        .containsOnly(
            entry("unexplained", 9L),
            entry("open", 9L),
            entry("filled", 6L),
            entry("pending", 60L),
            entry("refused", 9L),
            entry("dead-lettered", 9L),
            entry("gone", 9L),
            entry("blind", 9L),
            entry("unverifiable", 10L),
            entry("trades", 18L),
            entry("quiet", 9L),
            entry("halted", 3L),
            entry("down", 50L));
    assertThat(found.json().path("data").path("findings").asLong()).isEqualTo(6);
    assertThat(found.json().path("data").path("holes")).hasSize(8);
    assertThat(found.err())
        .contains(
            "checked 1 series: 44 ids = 18 stored + 2 unexplained + 2 open + 2 filled",
            "unexplained: not stored, not on the way, and no hole is noted");
  }

  @Test
  void whatIsOnTheWayIsPendingUntilNoOneStoresIt() {
    feeds.onTheWay();
    feeds.stored("9-0");

    JsonNode pending = verify("-o", "json", "--wait", "1ms").requireCode(0).json();

    assertThat(words(pending.path("data").path("series").get(0).path("missing")))
        .containsOnly(entry("pending", 3L));
    scenario.execute("UPDATE job_runs SET status = 'success', completed_at = now()");
    Outcome unverified = verify("--wait", "1ms").requireCode(3);
    assertThat(unverified.out()).contains("3 unverified");
    assertThat(unverified.err())
        .contains("unverified: slow ETH-USD ids 3–4 (2) between 2025-01-06T15:00:02Z and");
    scenario.execute("UPDATE stream_checkpoints SET position = '99-0'");
    assertThat(verify().requireCode(3).out()).as("and lost").contains("3 unexplained");
  }

  @Test
  void aSeriesWithoutIdsIsSaidToProveNothing() {
    feeds.withoutIds();

    Outcome found = verify("-o", "json").requireCode(0);

    JsonNode series = found.json().path("data").path("series").get(0);
    assertThat(series.path("ids").asText()).isEqualTo("none");
    assertThat(series.path("stored").asLong()).isEqualTo(2);
    for (String unknown : new String[] {"id_from", "id_to", "expected", "missing", "twice"}) {
      assertThat(series.path(unknown).isNull()).as(unknown).isTrue();
    }
    assertThat(words(series.path("time")))
        .containsOnly(
            entry("trades", 2L),
            entry("unproved", 98L),
            entry("refused", 100L),
            entry("unsubscribed", 10L));
    assertThat(found.err()).contains("no proof: plain AAPL (ids: none)");
  }

  @Test
  void aCompleteSeriesIsProvedAndClosedHoursAreClosed() {
    feeds.trades("venue", "BTC-USD", 1, 30, 0);
    feeds.tick("venue", "BTC-USD", 31, -5_400);
    scenario.execute("UPDATE tick_data SET seq = CASE WHEN seq = 31 THEN 1 ELSE seq + 1 END");
    feeds.series("venue", "BTC-USD", "contiguous", -5_400, 1, 31, 29);
    feeds.position("venue", "9-0");
    feeds.stored("9-0");
    String[] hour = {"--from", "2025-01-06T14:00:00Z", "--to", "2025-01-06T15:00:30Z"};

    Outcome proved = scenario.mdp(command(hour)).requireCode(0);
    Outcome closed = scenario.mdp(command(hour, "--sessions", "XNYS", "-o", "csv")).requireCode(0);

    assertThat(proved.out()).contains("30 trades + 3,600 quiet");
    assertThat(proved.err()).contains("checked 1 series: 30 ids = 30 stored");
    assertThat(closed.out())
        .startsWith("provider,symbol,epoch,ids,id_from,id_to,expected,stored,twice,missing,")
        .contains("\"\"quiet\"\":1800")
        .contains("\"\"closed\"\":1800");
  }

  @Test
  void namesThatNoFeedHasAreRefused() {
    feeds.onTheWay();

    assertThat(scenario.mdp("verify", "feeds", "--provider", "slwo").requireCode(2).err())
        .contains("--provider: unknown provider 'slwo' (available: slow) — did you mean 'slow'?");
    assertThat(scenario.mdp("verify", "feeds", "--symbol", "BTC").requireCode(2).err())
        .contains("--symbol: unknown symbol 'BTC' (available: ETH-USD)");
    assertThat(scenario.mdp("verify", "feeds", "--sessions", "XNYX").requireCode(2).err())
        .contains("--sessions: unknown calendar 'XNYX' (available: CRYPTO, XNYS)");
    assertThat(scenario.mdp("verify", "feeds", "--limit", "-1").requireCode(2).err())
        .contains("--limit must not be negative, was -1");
  }

  @Test
  void statusShowsOwnerStateHeadAndClosedHistory() {
    feeds.series("coinbase", "BTC-USD", "contiguous", 0, 1, 44, 89);
    feeds.state("coinbase", "BTC-USD", "down", -5, 0);
    feeds.state("coinbase", "BTC-USD", "live", 0, 100);
    feeds.gap("coinbase", "BTC-USD", 20, 29, 9, "open");
    feeds.position("coinbase", "1736175600000-3");
    scenario.execute(
        "UPDATE feed_positions SET owner = 'host-1', lease_until = now() + interval '1 h'");
    scenario.execute(
        "INSERT INTO rate_budgets (host, egress, closed_until) VALUES ('api.exchange.coinbase.com', 'default', '2150-01-01Z')");

    JsonNode row = status();

    assertThat(row.path("owner").asText()).isEqualTo("host-1");
    assertThat(row.path("position").asText()).isEqualTo("1736175600000-3");
    assertThat(row.path("state").asText()).isEqualTo("live");
    assertThat(row.path("since").asText()).isEqualTo("2025-01-06T15:00:00.000000Z");
    assertThat(row.path("head").asLong()).isEqualTo(44);
    assertThat(row.path("last_trade").asText()).isEqualTo("2025-01-06T15:01:29.000000Z");
    assertThat(row.path("open_gaps").asLong()).isEqualTo(1);
    assertThat(row.path("open_ids").asLong()).isEqualTo(10);
    assertThat(row.path("history_closed_until").asText()).isEqualTo("2150-01-01T00:00:00.000000Z");
    Outcome table = scenario.mdp("feeds", "status").requireCode(0);
    assertThat(table.out()).contains("closed until 2150-01-01T00:00:00Z");
    assertThat(table.err())
        .contains("api.exchange.coinbase.com is not to be asked before 2150-01-01T00:00:00Z");

    scenario.execute("UPDATE feed_positions SET lease_until = now() - interval '1 s'");

    assertThat(status().path("owner").isNull()).isTrue();
    assertThat(status().path("state").asText()).as("no process has it").isEqualTo("down");
    assertThat(status().path("since").asText()).isEqualTo("2025-01-06T15:01:40.000000Z");
  }

  @Test
  void aFilledHoleSaysWhatItsBarsWaitFor() {
    feeds.gap("venue", "BTC-USD", 20, 29, 9, "filled");
    feeds.gap("venue", "BTC-USD", 40, 49, 7_000, "filled");
    feeds.stored("9-0");
    scenario.execute(
        "INSERT INTO pending_repairs (consumer_group, topic, shard, provider, symbol, interval, ts, lane, position)"
            + " VALUES ('micro-batcher', 'mdp.events', 0, 'venue', 'BTC-USD', '1m', "
            + time(0)
            + ", 'fill-1', '12-0')");

    assertThat(notes()).containsExactly("null", "waits for the tick worker");
    scenario.execute("UPDATE stream_checkpoints SET position = '12-0'");
    assertThat(notes()).containsExactly("null", "waits for micro-batch");
    scenario.execute("DELETE FROM pending_repairs");
    assertThat(notes()).containsExactly("null", "null");
  }

  @Test
  void theHoleUnderABarIsNamed() {
    feeds.trades("venue", "BTC-USD", 1, 9, 0);
    feeds.tick("venue", "BTC-USD", 40, 125);
    feeds.gap("venue", "BTC-USD", 10, 19, 8, "open");
    feeds.gap("venue", "BTC-USD", 30, 39, 8, "void");
    scenario.execute(
        "INSERT INTO bars_ohlcv (provider, symbol, interval, ts, open, high, low, close, volume, vwap, trade_count)"
            + " VALUES ('venue', 'BTC-USD', '1m', "
            + time(0)
            + ", 100, 100, 100, 100, 8, 100, 9), ('venue', 'BTC-USD', '1m', "
            + time(120)
            + ", 100, 100, 100, 100, 8, 100, 9)");

    Outcome table = scenario.mdp("verify", "bars").requireCode(3);
    JsonNode data = scenario.mdp("verify", "bars", "-o", "json").requireCode(3).json().path("data");

    assertThat(table.out()).contains("1 open, ids 10–19").doesNotContain("void");
    assertThat(table.err())
        .contains(
            "hole 1 open, ids 10–19: no bar of venue BTC-USD has its trades, between 2025-01-06T15:00:08Z and 2025-01-06T15:00:18Z");
    assertThat(data.path("holes")).hasSize(1);
    assertThat(data.path("findings")).hasSize(2);
    for (JsonNode finding : data.path("findings")) {
      boolean isUnder = finding.path("ts").asText().equals("2025-01-06T15:00:00.000000Z");
      assertThat(finding.path("holes")).hasSize(isUnder ? 1 : 0);
    }
  }

  private Outcome verify(String... more) {
    return scenario.mdp(command(new String[] {"--from", FROM, "--to", TO}, more));
  }

  private static String[] command(String[] range, String... more) {
    return Stream.of(new String[] {"verify", "feeds"}, range, more)
        .flatMap(Arrays::stream)
        .toArray(String[]::new);
  }

  private JsonNode status() {
    return scenario.mdp("feeds", "status", "-o", "json").requireCode(0).json().path("data").get(0);
  }

  private List<String> notes() {
    return scenario.mdp("feeds", "gaps", "-o", "jsonl").requireCode(0).jsonLines().stream()
        .map(line -> line.path("note").asText())
        .toList();
  }

  /// The words that occur.
  private static Map<String, Long> words(JsonNode counts) {
    Map<String, Long> words = new LinkedHashMap<>();
    counts
        .properties()
        .forEach(each -> {
          if (each.getValue().asLong() > 0) {
            words.put(each.getKey(), each.getValue().asLong());
          }
        });
    return words;
  }
}
