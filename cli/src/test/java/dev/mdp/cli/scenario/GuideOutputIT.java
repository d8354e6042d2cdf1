package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.cli.GuideCommand;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Commands that need servers print what the guide shows of them, but for the figures.
class GuideOutputIT {
  /// Compared by other tests: `rules` by its words, `up` where it runs on embedded servers.
  private static final Pattern ELSEWHERE = Pattern.compile("(rules|up) .*");

  @Test
  void printsTheShapeThatTheGuideShows() throws IOException {
    List<GuideCommand> shown =
        GuideCommand.all().stream()
            .filter(each -> !each.output().isEmpty())
            .filter(each -> !ELSEWHERE.matcher(each.command()).matches())
            .toList();
    try (Scenario scenario = Scenario.onRedis(2)) {
      fill(scenario);
      for (GuideCommand each : shown) {
        Outcome outcome = scenario.mdp(each.words().toArray(String[]::new)).requireCode(0);
        assertThat(GuideCommand.shapes(Stream.of(outcome.out(), outcome.err())))
            .as("%s: mdp %s", each.place(), each.command())
            .containsExactlyInAnyOrderElementsOf(GuideCommand.shapes(each.output().stream()));
      }
    }
    assertThat(shown).hasSizeGreaterThan(3);
  }

  /// What the guide's examples have, and a worker that owns the shards.
  private static void fill(Scenario scenario) {
    scenario.execute(
        """
        INSERT INTO tick_data (provider, symbol, ts, seq, price, size, bid, ask)
        SELECT 'feed', symbol, timestamptz '2025-10-24 14:00Z' + i * interval '7.3 s', 0, 425, 1, 424.99, 425.01
          FROM generate_series(0, 999) AS i, unnest(ARRAY['SPY', 'QQQ']) AS symbol;
        INSERT INTO bars_ohlcv (provider, symbol, interval, ts, open, high, low, close, volume, vwap, trade_count)
        SELECT 'feed', 'SPY', '1m', timestamptz '2025-10-24 14:00Z' + i * interval '1 minute', 425, 425, 425, 425, 8, 425, 8
          FROM generate_series(0, 9) AS i
        """);
    scenario.child("stream", "micro-batch", "--window", "1m");
    LiveTicks.send(scenario, "live", "OTHER", Instant.now().minusSeconds(5), 20);
    scenario.await("SELECT count(*) FROM stream_checkpoints WHERE lease_until > now()", "2");
  }
}
