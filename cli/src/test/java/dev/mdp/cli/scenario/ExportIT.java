package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.config.ConfigLoader;
import dev.mdp.config.DatasetConfig;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import dev.mdp.core.source.FiniteSource;
import dev.mdp.providers.dataset.DatasetSource;
import dev.mdp.providers.dataset.ReadOptions;
import dev.mdp.runtime.SourceFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `ticks export`, `bars export` and `bars list`.
class ExportIT {
  private static final String[] EVERYTHING = {"--from", "1950-01-01", "--to", "2100-01-01"};
  private static final String ROWS =
      "SELECT (extract(epoch FROM ts) * 1000000)::bigint, seq, provider, symbol, price, size, bid, ask"
          + " FROM tick_data WHERE provider = 'feed' ORDER BY ts, seq, provider, symbol";

  private final Scenario scenario = Scenario.migrated();

  @BeforeEach
  void fill() {
    scenario.execute(
        """
        SELECT setseed(0.25);
        INSERT INTO tick_data (provider, symbol, ts, seq, price, size, bid, ask)
        SELECT 'feed', (ARRAY['SPY', 'BRK.B', 'ES=F'])[1 + i % 3],
               timestamptz '2025-10-24 14:00Z' + (i / 4) * interval '1234567 us', i % 4,
               random() * power(10, (i % 20) - 10), CASE WHEN i % 3 > 0 THEN (random() * 10)::int END,
               CASE WHEN i % 5 > 0 THEN random() END, CASE WHEN i % 7 > 0 THEN 100 + random() END
          FROM generate_series(0, 11999) AS i;
        INSERT INTO tick_data (provider, symbol, ts, seq, price, size) VALUES
          ('feed', 'SPY', '1969-12-31 23:59:59.999999Z', 5, '-0'::float8, 1e100),
          ('feed', 'SPY', '2025-10-24 20:00Z', 9223372036854775807, 1e-100, 0.1),
          ('other', 'SPY', '2025-10-24 14:00Z', 0, 7, 1);
        INSERT INTO bars_ohlcv (provider, symbol, interval, ts, open, high, low, close, volume, vwap, trade_count, lane)
        SELECT 'feed', 'SPY', '1m', timestamptz '2025-10-24 14:00Z' + i * interval '1 minute',
               100 + i, 101 + i, 99, 100.5, i, CASE WHEN i > 0 THEN 100.25 END, CASE WHEN i <> 3 THEN i END,
               CASE WHEN i = 4 THEN 'replay-4' END
          FROM generate_series(0, 99) AS i;
        INSERT INTO bars_ohlcv (provider, symbol, interval, ts, open, high, low, close, volume) VALUES
          ('feed', 'QQQ', '5m', '2025-10-24 14:00Z', 1, 1, 1, 1, 1),
          ('feed', 'QQQ', '5min', '2025-10-24 14:00Z', 1, 1, 1, 1, 1)
        """);
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  @ParameterizedTest
  @CsvSource({
    "csv, ticks.csv",
    "csv, ticks.csv.gz",
    "ndjson, ticks.jsonl",
    "ndjson, ticks.ndjson.gz"
  })
  void whatIsExportedIsReadAgainByADatasetToTheBit(String type, String file) throws IOException {
    Path folder = scenario.folder();
    Outcome outcome = exportTicks("--provider", "feed", "--file", file).requireCode(0);
    scenario.datasets(
        "again: { type: %s, path: %s, provider: feed, columns: { src_ts: { path: ts, earliest: 1900-01-01, latest: 2200-01-01 }, price: price, size: size, bid: bid, ask: ask, seq: seq, symbol: symbol } }"
            .formatted(type, file));

    List<String> read = new ArrayList<>();
    try (FiniteSource source = dataset("again")) {
      for (List<MarketEvent> page = source.next(500);
          !page.isEmpty() || !source.exhausted();
          page = source.next(500)) {
        page.forEach(event -> read.add(row((Tick) event)));
      }
    }

    assertThat(read).hasSize(12_002).isEqualTo(stored());
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .contains("range [1950-01-01T00:00:00Z, 2100-01-01T00:00:00Z)", "12002 ticks")
        .contains("   " + file + " " + Files.size(folder.resolve(file)) + " bytes");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(each -> each.getFileName().toString()).filter(n -> n.contains("part")))
          .isEmpty();
    }
    if (file.endsWith(".gz")) {
      assertThat(unpacked(folder.resolve(file)).lines().count())
          .isEqualTo(type.equals("csv") ? 12_003 : 12_002);
    }
  }

  @Test
  void writesEachFormAsTold() {
    Outcome csv = exportTicks("--symbol", "spy,brk.b", "--output", "csv").requireCode(0);
    Outcome json = exportTicks("--provider", "other", "-o", "jsonl").requireCode(0);
    Outcome zoned = exportTicks("--provider", "other", "--tz", "America/St_Johns");

    assertThat(csv.out())
        .startsWith(
            "ts,seq,provider,symbol,price,size,bid,ask\n"
                + "1969-12-31T23:59:59.999999Z,5,feed,SPY,-0,1E100,,\n"
                + "2025-10-24T14:00:00.000000Z,0,feed,SPY,")
        .endsWith("2025-10-24T20:00:00.000000Z,9223372036854775807,feed,SPY,1E-100,0.1,,\n")
        .doesNotContain("ES=F");
    assertThat(json.out())
        .isEqualTo(
            "{\"ts\":\"2025-10-24T14:00:00.000000Z\",\"seq\":0,\"provider\":\"other\",\"symbol\":\"SPY\",\"price\":7,\"size\":1}\n");
    assertThat(zoned.out()).contains("2025-10-24T14:00:00.000000Z,0,other,SPY,7,1,,");
  }

  @Test
  void aNameThatIsNotStoredIsAnErrorAndAnEmptyRangeIsNot() {
    Outcome unknown =
        scenario
            .mdp("ticks", "export", "--symbol", "SPYY", "--provider", "fed", "--from", "2h")
            .requireCode(2);
    Outcome bars =
        scenario.mdp("bars", "list", "--interval", "2m", "--symbol", "nope").requireCode(2);
    Outcome empty =
        scenario
            .mdp("ticks", "export", "--from", "2020-01-01", "--to", "2020-01-02")
            .requireCode(0);
    scenario.mdp("ticks", "export", "--from", "1h", "--to", "2h").requireCode(2);
    scenario.mdp("ticks", "export", "--from", "1h", "--output", "table").requireCode(2);
    scenario
        .mdp("bars", "export", "--from", "1h", "--file", "no/such/folder/x.csv")
        .requireCode(65);
    scenario.mdp("bars", "export", "--from", "1h", "--file", "new.csv").requireCode(0);
    Outcome again =
        scenario.mdp("bars", "export", "--from", "1h", "--file", "new.csv").requireCode(2);
    scenario.mdp("bars", "export", "--from", "1h", "--file", "new.csv", "--force").requireCode(0);

    assertThat(unknown.err())
        .contains(
            "--symbol: unknown symbol 'SPYY' (available: BRK.B, ES=F, QQQ, SPY) — did you mean 'SPY'?")
        .contains("did you mean 'SPY'?", "did you mean 'feed'?");
    assertThat(bars.err()).contains("--interval: unknown interval '2m' (available: 1m, 5m, 5min)");
    assertThat(empty.out()).isEqualTo("ts,seq,provider,symbol,price,size,bid,ask\n");
    assertThat(empty.err()).contains("0 ticks");
    assertThat(again.err()).contains("new.csv exists; --force overwrites it");
  }

  @Test
  void barsAreListedNewestFirstAndExportedInOrder() {
    Outcome list = scenario.mdp("bars", "list", "--interval", "60s", "--limit", "3", "-o", "csv");
    Outcome table = scenario.mdp("bars", "list", "--limit", "2", "--tz", "America/St_Johns");
    Outcome all =
        scenario.mdp("bars", "export", "--from", "2025-10-24", "--to", "2025-10-25").requireCode(0);

    assertThat(list.requireCode(0).out())
        .isEqualTo(
            "ts,provider,symbol,interval,open,high,low,close,volume,vwap,trade_count,lane\n"
                + "2025-10-24T15:39:00.000000Z,feed,SPY,1m,199.0,200.0,99.0,100.5,99.0,100.25,99,\n"
                + "2025-10-24T15:38:00.000000Z,feed,SPY,1m,198.0,199.0,99.0,100.5,98.0,100.25,98,\n"
                + "2025-10-24T15:37:00.000000Z,feed,SPY,1m,197.0,198.0,99.0,100.5,97.0,100.25,97,\n");
    assertThat(table.requireCode(0).out()).contains("2025-10-24T13:09:00-02:30");
    assertThat(all.err()).contains("left out 'feed QQQ 5min'", "101 bars");
    assertThat(all.out().lines().limit(7).toList())
        .containsExactly(
            "ts,provider,symbol,interval,open,high,low,close,volume,vwap,trade_count,lane",
            "2025-10-24T14:00:00.000000Z,feed,QQQ,5m,1,1,1,1,1,,,",
            "2025-10-24T14:00:00.000000Z,feed,SPY,1m,100,101,99,100.5,0,,0,",
            "2025-10-24T14:01:00.000000Z,feed,SPY,1m,101,102,99,100.5,1,100.25,1,",
            "2025-10-24T14:02:00.000000Z,feed,SPY,1m,102,103,99,100.5,2,100.25,2,",
            "2025-10-24T14:03:00.000000Z,feed,SPY,1m,103,104,99,100.5,3,100.25,,",
            "2025-10-24T14:04:00.000000Z,feed,SPY,1m,104,105,99,100.5,4,100.25,4,replay-4");
  }

  @Test
  void endsAtOnceWhenTheReaderGoesAway() throws Exception {
    scenario.execute(
        "INSERT INTO tick_data (provider, symbol, ts, seq, price) SELECT 'many', 'S', timestamptz '2025-01-01Z' + i * interval '1 ms', i, i FROM generate_series(1, 200000) AS i");
    List<String> command =
        new ArrayList<>(List.of("bash", "-c", "\"$@\" | head -1; echo ${PIPESTATUS[0]}", "pipe"));
    command.addAll(
        Child.javaCommand("ticks", "export", "--from", "2025-01-01", "--to", "2026-01-01"));
    Process process =
        new ProcessBuilder(command)
            .directory(scenario.folder().toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(out).isEqualTo("ts,seq,provider,symbol,price,size,bid,ask\n141\n");
  }

  private Outcome exportTicks(String... args) {
    List<String> all = new ArrayList<>(List.of("ticks", "export"));
    all.addAll(List.of(EVERYTHING));
    all.addAll(List.of(args));
    return scenario.mdp(all.toArray(String[]::new));
  }

  private FiniteSource dataset(String name) {
    DatasetConfig config =
        new ConfigLoader(Map.of(), scenario.folder())
            .load(null, List.of(), false)
            .config()
            .datasets()
            .get(name);
    return new DatasetSource(
        SourceFactory.files(config, scenario.folder(), Instant.now()), ReadOptions.all("lane", 0));
  }

  private List<String> stored() {
    return scenario.rows(ROWS).stream().map(ExportIT::withExactDoubles).toList();
  }

  private static String withExactDoubles(String row) {
    String[] fields = row.split("\\|", -1);
    for (int i = 4; i < fields.length; i++) {
      fields[i] = fields[i].equals("null") ? "NaN" : Double.toString(Double.parseDouble(fields[i]));
    }
    return String.join("|", fields);
  }

  private static String row(Tick tick) {
    return String.join(
        "|",
        Long.toString(tick.srcMicros()),
        Long.toString(tick.seq()),
        tick.provider(),
        tick.symbol().value(),
        Double.toString(tick.price()),
        Double.toString(tick.size()),
        Double.toString(tick.bid()),
        Double.toString(tick.ask()));
  }

  private static String unpacked(Path file) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
