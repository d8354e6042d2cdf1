package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Recorded trades give the bars that others computed from them, through every bus.
abstract class RealData {
  private static final long SEED = 20191011;
  private static final long TICKS = 12_477;

  private final Scenario scenario;
  private final int workers;

  /// @param workers how many processes make the bars, and as many store ticks
  RealData(Scenario scenario, int workers) {
    this.scenario = scenario;
    this.workers = workers;
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void recordedTradesGiveExactlyTheBarsThatAnotherProgramComputed() throws Exception {
    scenario.datasets(Recorded.xrpeth(SharedData.file("xrpeth/ticks.csv")));

    replay("xrpeth");
    aggregate("1m,5m");

    requireTheRecordedBars();
    Oracle.requireExactBars(scenario, Oracle.Interval.ONE_MINUTE, Oracle.Interval.FIVE_MINUTES);
  }

  @Test
  void aSecondReplayWritesNotOneTuple() {
    scenario.datasets(Recorded.xrpeth(SharedData.file("xrpeth/ticks.csv")));
    replay("xrpeth");
    aggregate("1m,5m");
    String before = tuples();

    RunningCommand microBatch =
        scenario.start("stream", "micro-batch", "--window", "1m,5m", "--until-idle", "4s");
    scenario.await(
        "SELECT count(*) = max(shards) FROM stream_checkpoints WHERE lease_until > now()", "t");
    Outcome second = scenario.mdp("stream", "replay", "--dataset", "xrpeth", "--speed", "max");
    scenario.mdp("stream", "ticks", "--until-idle", "1s").requireCode(0);
    microBatch.await(0);

    second.requireCode(0);
    assertThat(second.err()).contains("sent " + TICKS + " from xrpeth", "settled");
    assertThat(tuples()).isEqualTo(before);
    assertThat(written("micro-batch")).isEqualTo(3_175);
    assertThat(written("ticks")).isEqualTo(TICKS);
  }

  @Test
  void rowsShuffledWithinTheAllowedLatenessGiveTheSameBars() throws Exception {
    scenario.datasets(Recorded.xrpeth(shuffled(SharedData.file("xrpeth/ticks.csv"))));

    replay("xrpeth");
    aggregate("1m,5m");

    requireTheRecordedBars();
    assertThat(scenario.mdp("stream", "dead-letters", "list", "-o", "jsonl").jsonLines()).isEmpty();
  }

  @Test
  void tradesThatShareAMillisecondAreAllKept() {
    scenario.datasets(Recorded.btcusdt(SharedData.file("btcusdt/ws_trade_frames.ndjson.gz")));

    replay("btcusdt");
    aggregate("2s");

    assertThat(scenario.value("SELECT count(*), count(*) - count(DISTINCT ts) FROM tick_data"))
        .isEqualTo("19904|12796");
    Oracle.requireExactBars(scenario, Oracle.Interval.TWO_SECONDS);
  }

  @Test
  void aRangeIsWidenedToWholeWindowsSoThatItsBarsAreWhole() throws Exception {
    scenario.datasets(Recorded.xrpeth(SharedData.file("xrpeth/ticks.csv")));

    Outcome replay =
        scenario
            .mdp(
                "stream",
                "replay",
                "--dataset",
                "xrpeth",
                "--speed",
                "max",
                "--set",
                "micro_batch.windows=[1m, 5m]",
                "--from",
                "2019-10-11T01:07:30Z",
                "--to",
                "2019-10-11T02:01:00Z")
            .requireCode(0);
    aggregate("1m,5m");

    assertThat(replay.err()).contains("range [2019-10-11T01:05:00Z, 2019-10-11T02:05:00Z)");
    List<String> expected =
        Files.readAllLines(SharedData.file("xrpeth/bars_5m.csv")).stream()
            .skip(1)
            .filter(line -> line.compareTo("1570755900000") >= 0)
            .filter(line -> line.compareTo("1570759500000") < 0)
            .map(line -> line.substring(0, line.lastIndexOf(',')))
            .toList();
    assertThat(
            scenario
                .rows(
                    "SELECT (extract(epoch FROM ts) * 1000)::bigint, open, high, low, close FROM bars_ohlcv WHERE interval = '5m' ORDER BY ts")
                .stream()
                .map(row -> row.replace('|', ','))
                .toList())
        .isNotEmpty()
        .isEqualTo(expected);
  }

  private void replay(String dataset) {
    Outcome replay =
        scenario.mdp("stream", "replay", "--dataset", dataset, "--speed", "max").requireCode(0);
    assertThat(replay.err()).contains("the bars follow when one starts");
  }

  private void aggregate(String windows) {
    List<RunningCommand> running = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      running.add(scenario.start("stream", "ticks", "--until-idle", "1s"));
      running.add(
          scenario.start("stream", "micro-batch", "--window", windows, "--until-idle", "1s"));
    }
    running.forEach(each -> each.await(0));
  }

  private String tuples() {
    return scenario.value(
        "SELECT (SELECT md5(string_agg(xmin || ' ' || ctid, ',' ORDER BY ctid)) FROM bars_ohlcv) || (SELECT md5(string_agg(xmin || ' ' || ctid, ',' ORDER BY ctid)) FROM tick_data)");
  }

  /// By all runs together.
  private long written(String job) {
    return scenario.count("SELECT sum(rows_written) FROM job_runs WHERE job_name = '" + job + "'");
  }

  private void requireTheRecordedBars() throws IOException {
    assertThat(scenario.count("SELECT count(*) FROM tick_data")).isEqualTo(TICKS);
    requireBars("1m", SharedData.file("xrpeth/bars_1m.csv"), 2_469);
    requireBars("5m", SharedData.file("xrpeth/bars_5m.csv"), 706);
  }

  private void requireBars(String interval, Path file, int count) throws IOException {
    List<String> expected = Files.readAllLines(file).stream().skip(1).toList();
    List<String> stored =
        scenario.rows(
            "SELECT (extract(epoch FROM ts) * 1000)::bigint, open, high, low, close, volume FROM bars_ohlcv WHERE interval = '"
                + interval
                + "' ORDER BY ts");
    assertThat(expected).hasSize(count);
    assertThat(stored).hasSize(count);
    for (int i = 0; i < count; i++) {
      String[] want = expected.get(i).split(",");
      String[] have = stored.get(i).split("\\|");
      assertThat(have[0]).isEqualTo(want[0]);
      for (int column = 1; column <= 4; column++) {
        assertThat(Double.parseDouble(have[column]))
            .as("%s bar at %s, column %d", interval, want[0], column)
            .isEqualTo(Double.parseDouble(want[column]));
      }
      double volume = Double.parseDouble(want[5]);
      assertThat(Double.parseDouble(have[5]))
          .as("volume of the %s bar at %s", interval, want[0])
          .isCloseTo(volume, within(volume * 1e-9));
    }
  }

  /// Each row is moved back by up to 400 ms of event time.
  private Path shuffled(Path file) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    record Row(long place, String text) {}
    List<String> lines = Files.readAllLines(file);
    List<String> rows =
        lines.stream()
            .skip(1)
            .map(line ->
                new Row(
                    Long.parseLong(line.substring(0, line.indexOf(','))) + random.nextLong(401),
                    line))
            .sorted(Comparator.comparingLong(Row::place))
            .map(Row::text)
            .toList();
    assertThat(rows).as("seed %d", SEED).isNotEqualTo(lines.subList(1, lines.size()));
    return scenario.write("shuffled.csv", lines.getFirst() + "\n" + String.join("\n", rows) + "\n");
  }
}
