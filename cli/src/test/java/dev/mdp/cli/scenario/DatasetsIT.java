package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Files as people have them: rotated, without ids, in several pieces, with other lines between.
class DatasetsIT {
  private static final String A = "t,p,q\n1761314400,100,1\n1761314400,101,1\n1761314400,102,1\n";
  private static final String B = "t,p,q\n1761314400,103,1\n1761314400,104,5\n1761314401,105,1\n";

  private final Scenario scenario = Scenario.migrated();

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void twoFilesThatShareASecondAreRefusedAndTogetherTheyAreWhole() {
    scenario.write("a.csv", A);
    scenario.write("b.csv", B);
    scenario.datasets(
        csv("a", "a.csv", "") + csv("b", "b.csv", "") + csv("both", "[a.csv, b.csv]", ""));
    replay("a").requireCode(0);
    storeTicks();

    replay("b")
        .requireCode(65)
        .requireOneLine(
            "dataset b: 2 of its 3 ticks meet 3 other ticks of p that are stored or on the bus, at 1 timestamps",
            "103.0 × 1.0 in the file, 100.0 × 1.0 there",
            "Nothing was sent. Map a column to seq, or name all files of a recording in one dataset (path: [a.csv, b.csv]), or set ordinals: continue");
    storeTicks();
    assertThat(prices()).isEqualTo("100 101 102");

    replay("both").requireCode(0);
    replay("both").requireCode(0);
    storeTicks();
    aggregate();
    assertThat(prices()).isEqualTo("100 101 102 103 104 105");
    assertThat(scenario.value("SELECT sum(volume) FROM bars_ohlcv")).isEqualTo("10");
    scenario.mdp("verify", "bars", "--from", "2025-10-24").requireCode(0);
    assertThat(
            scenario.rows(
                "SELECT jsonb_array_length(metadata -> 'files'), metadata #>> '{files,1}' LIKE '%/b.csv' FROM job_runs WHERE dataset_name = 'both'"))
        .containsOnly("2|t");
  }

  /// With ids that are no 64-bit number.
  @Test
  void aTornLastLineSaysHowMuchWasSentAndIsSkippedOnRequest() {
    StringBuilder whole = new StringBuilder("t,p,q,id\n");
    for (int i = 0; i < 3_000; i++) {
      whole.append("%d,%d,1,1844674407370955%06d\n".formatted(1_761_314_400 + i / 2, 100 + i, i));
    }
    String torn = whole.substring(0, whole.length() - 25);
    scenario.write("a.csv", torn);
    scenario.datasets(hashed("a", "") + hashed("skip", "bad_lines: skip,"));

    assertThat(replay("a").requireCode(65).err())
        .contains(
            "a.csv:3001: ",
            "(the last line, and it has no line end: still being written, or cut off?",
            "bad_lines: skip passes over it",
            "; 2000 events had already been sent, in lane replay-");
    Outcome skipped =
        scenario
            .mdp("stream", "replay", "--dataset", "skip", "--speed", "max", "-o", "json")
            .requireCode(0);
    assertThat(skipped.err())
        .contains("dataset skip: seq is a hash of id", "seq hashed", "sent 2999 from skip")
        .contains("skipped 1 bad lines, the first: ", "a.csv:3001: ");
    JsonNode result = skipped.json().get("data");
    assertThat(result.get("seq_hashed").asBoolean()).isTrue();
    assertThat(result.get("bad_lines").asInt()).isEqualTo(1);
    scenario.write("a.csv", whole.toString());
    replay("a").requireCode(0);
    storeTicks();

    assertThat(scenario.value("SELECT count(*) FROM tick_data")).isEqualTo("3000");
    assertThat(scenario.value("SELECT count(DISTINCT price) FROM tick_data")).isEqualTo("3000");
    assertThat(
            scenario.rows(
                "SELECT metadata ->> 'seq', metadata ->> 'bad_lines' FROM job_runs WHERE dataset_name = 'skip'"))
        .containsExactly("hashed|1");
    assertThat(scenario.mdp("config", "check", "--no-connect").requireCode(0).out())
        .contains("a 1 file (seq hashed)");
  }

  private static String hashed(String name, String more) {
    return csv(name, "a.csv", more).replace("size: q", "size: q, seq: { path: id, hash: true }");
  }

  @Test
  void whatIsOnTheBusAndNotStoredYetIsMetToo() {
    scenario.write("a.csv", A);
    scenario.write("b.csv", B);
    scenario.datasets(csv("a", "a.csv", "") + csv("b", "b.csv", ""));
    replay("a").requireCode(0);

    replay("b")
        .requireCode(65)
        .requireOneLine("meet 3 other ticks of p that are stored or on the bus");
    replay("a").requireCode(0);
    storeTicks();
    assertThat(prices()).isEqualTo("100 101 102");
  }

  @Test
  void aFileThatGrowsIsReplayedAgainAndItsReadingIsKnown() throws IOException {
    scenario.write("a.csv", A);
    scenario.write("other.csv", A + "1761314402,1,1\n");
    scenario.datasets(csv("a", "a.csv", "") + csv("other", "other.csv", ""));
    replay("a").requireCode(0);
    storeTicks();
    Files.writeString(
        scenario.folder().resolve("a.csv"), A + "1761314400,103,1\n1761314401,104,1\n");

    replay("other")
        .requireCode(65)
        .requireOneLine("at no other time, so they may be another file's");
    replay("other").requireCode(65);
    replay("a").requireCode(0);
    storeTicks();
    assertThat(prices()).isEqualTo("100 101 102 103 104");
  }

  @Test
  void continuedOrdinalsKeepEveryTickAndAreTheSameAgain() {
    scenario.write("a.csv", A);
    scenario.write("b.csv", B);
    scenario.datasets(csv("a", "a.csv", "") + csv("b", "b.csv", "ordinals: continue,"));
    replay("a").requireCode(0);
    storeTicks();

    Outcome first = replay("b").requireCode(0);
    storeTicks();
    Outcome second =
        scenario
            .mdp("stream", "replay", "--dataset", "b", "--speed", "max", "-o", "json")
            .requireCode(0);
    storeTicks();

    assertThat(first.err()).contains("sent 3 from b", "2 numbered on after stored ticks");
    JsonNode result = second.json().get("data");
    assertThat(result.get("already_stored").asInt()).isEqualTo(3);
    assertThat(result.get("numbered_on").asInt()).isZero();
    assertThat(result.get("files").get(0).asText()).endsWith("/b.csv");
    assertThat(prices()).isEqualTo("100 101 102 103 104 105");
  }

  @Test
  void ticksLostToConflictsAreNamedAndNoRepairIsAdvised() {
    scenario.write("a.csv", "t,p,q,id\n1761314400,100,1,7\n1761314401,100,1,8\n");
    scenario.write("b.csv", "t,p,q,id\n1761314400,200,1,7\n1761314401,100,1,8\n1761314402,1,1,9\n");
    scenario.datasets(csvWithIds("a", "a.csv") + csvWithIds("b", "b.csv"));
    replay("a").requireCode(0);
    storeTicks();
    aggregate();
    RunningCommand ticks = scenario.start("stream", "ticks", "--until-idle", "5s");
    RunningCommand microBatch =
        scenario.start("stream", "micro-batch", "--window", "2s", "--until-idle", "5s");
    scenario.await("SELECT count(*) FROM stream_checkpoints WHERE lease_until > now()", "1");
    scenario.await(
        "SELECT count(*) FROM job_runs WHERE job_name = 'ticks' AND status = 'running'", "1");

    Outcome replay =
        scenario
            .mdp("stream", "replay", "--dataset", "b", "--speed", "max", "-o", "json")
            .requireCode(3);
    ticks.await(0);
    microBatch.await(3);

    assertThat(replay.err())
        .contains(
            "1 ticks of p are lost: each met another tick of the same symbol, time and seq with other values",
            "does columns.seq name an id that no two ticks of a symbol share?",
            "of the files 1 are stored with other values, the first: SPY 2025-10-24T14:00:00.000000Z seq 7: 200.0 × 1.0 in the files, 100.0 × 1.0 is kept")
        .doesNotContain("--repair");
    JsonNode result = replay.json().get("data");
    assertThat(result.get("lost_ticks").asInt()).isEqualTo(1);
    assertThat(result.get("ticks").asText()).isEqualTo("stored");
    assertThat(replay("b").err()).as("nobody stores them now").contains("no tick worker stores");
  }

  @Test
  void everyByteAndEveryLineIsReadOrToldOf() throws IOException {
    Files.write(
        scenario.folder().resolve("after.csv.gz"),
        joined(
            gzip("t,p,q\n1761314400,1,1\n"),
            "1761314401,2,1\n1761314402,3,1\n".getBytes(StandardCharsets.UTF_8)));
    Files.write(
        scenario.folder().resolve("padded.csv.gz"),
        joined(gzip("t,p,q\n1761314400,1,1\n"), gzip("1761314401,2,1\n"), new byte[512]));
    scenario.write("millis.csv", "t,p,q\n1761314400123,1,1\n");
    scenario.write(
        "frames.ndjson",
        """
        {"id":1}
        {"data":{"t":1761314400,"p":1}}
        {"data":{"t":1761314401,"p":1}}
        """);
    scenario.write(
        "array.ndjson",
        "{\"data\":{\"t\":1761314400,\"p\":1}}\n{\"data\":[{\"t\":1761314401,\"p\":1}]}\n");
    scenario.write(
        "each.ndjson", "{\"data\":[{\"t\":1761314400,\"p\":1},{\"t\":1761314400,\"p\":2}]}\n");
    scenario.write("none.ndjson", "{\"id\":1}\n{\"id\":2}\n");
    scenario.datasets(
        csv("after", "after.csv.gz", "")
            + csv("padded", "padded.csv.gz", "")
            + csv("millis", "millis.csv", "").replace("unit: s", "unit: us")
            + frames("frames", "frames.ndjson", "src_ts: { path: data.t, unit: s }, price: data.p")
            + frames("array", "array.ndjson", "src_ts: { path: data.t, unit: s }, price: data.p")
            + frames("each", "each.ndjson", "each: data, src_ts: { path: t, unit: s }, price: p")
            + frames("none", "none.ndjson", "src_ts: { path: data.t, unit: s }, price: data.p"));

    replay("after")
        .requireCode(65)
        .requireOneLine("after.csv.gz:", "the gzip data is followed by something else from byte ");
    replay("millis")
        .requireCode(65)
        .requireOneLine("millis.csv:2: src_ts: '1761314400123' us is 1970-01-21", "set unit: ms");
    replay("array")
        .requireCode(65)
        .requireOneLine("array.ndjson:2: data: found an array", "{ each: data, … }");
    replay("none").requireCode(65).requireOneLine("none.ndjson:2: all 2 lines were passed over");
    assertThat(replay("padded").requireCode(0).err())
        .contains("sent 2 from padded", "skipped 512 zero bytes after gzip data");
    Outcome frames =
        scenario
            .mdp(
                "stream",
                "replay",
                "--dataset",
                "frames",
                "--speed",
                "max",
                "-o",
                "json",
                "--from",
                "2025-10-24T14:00:01Z",
                "--set",
                "micro_batch.windows=[1s]")
            .requireCode(0);
    assertThat(frames.err())
        .contains("sent 1 from frames", "skipped 1 other lines   skipped 1 rows outside the range");
    assertThat(frames.json().at("/data/skipped").toString())
        .isEqualTo("{\"other_lines\":1,\"outside_range\":1,\"padding_bytes\":0}");
    assertThat(
            scenario.value(
                "SELECT metadata #>> '{skipped,other_lines}' FROM job_runs WHERE dataset_name = 'frames'"))
        .isEqualTo("1");
    assertThat(replay("each").requireCode(0).err()).contains("sent 2 from each");
  }

  @Test
  void aFileOfNothingButItsHeaderSendsNothing() {
    scenario.write("header.csv", "t,p,q\n");
    scenario.write("nothing.ndjson", "");
    scenario.datasets(
        csv("header", "header.csv", "")
            + csv("json", "nothing.ndjson", "").replace("type: csv", "type: ndjson"));
    for (String dataset : new String[] {"header", "json"}) {
      Outcome replayed = replay(dataset).requireCode(0);
      assertThat(replayed.err()).contains("sent 0 from " + dataset);
    }
    assertThat(
            scenario.value(
                "SELECT string_agg(status || ' ' || rows_written, ', ') FROM job_runs"
                    + " WHERE job_name = 'replay'"))
        .isEqualTo("success 0, success 0");
  }

  @Test
  void aFileOfBarsIsStoredAsBarsOfItsProvider() {
    StringBuilder minutes = new StringBuilder("start,o,h,l,c,vol,sym\n");
    for (int minute = 0; minute < 60; minute++) {
      for (String symbol : new String[] {"SPY", "QQQ"}) {
        minutes.append(
            "%d,%d,%d,%d,%d.5,10,%s\n"
                .formatted(
                    1_761_314_400 + 60 * minute,
                    100 + minute,
                    103 + minute,
                    99 + minute,
                    100 + minute,
                    symbol));
      }
    }
    scenario.write("minutes.csv", minutes.toString());
    scenario.datasets(
        "minutes: { type: csv, path: minutes.csv, provider: vendor, interval: 1m, columns: { src_ts: { path: start, unit: s }, open: o, high: h, low: l, close: c, volume: vol, symbol: sym } }\n");
    for (int times = 0; times < 2; times++) { // the second brings nothing new
      RunningCommand worker =
          scenario.start("stream", "micro-batch", "--window", "2s", "--until-idle", "2s");
      assertThat(replay("minutes").requireCode(0).err()).contains("sent 120 from minutes");
      worker.await(0);
      storeTicks();

      assertThat(scenario.count("SELECT count(*) FROM tick_data")).isZero();
      assertThat(
              scenario.rows(
                  "SELECT symbol, interval, count(*), min(open), max(high), sum(volume), max(close), count(trade_count) FROM bars_ohlcv GROUP BY 1, 2 ORDER BY 1"))
          .containsExactly("QQQ|1m|60|100|162|600|159.5|0", "SPY|1m|60|100|162|600|159.5|0");
      assertThat(
              scenario
                  .mdp("verify", "bars", "--provider", "vendor", "-o", "json")
                  .requireCode(0)
                  .json()
                  .at("/data/counts/external")
                  .asInt())
          .isEqualTo(120);
    }
    scenario
        .mdp("verify", "bars", "--build", "--interval", "1h", "--from-interval", "1m")
        .requireCode(0);
    assertThat(scenario.count("SELECT count(*) FROM bars_ohlcv WHERE interval = '1h'"))
        .isEqualTo(2);
  }

  @Test
  void configCheckLooksForEveryFile() {
    scenario.write("d/1.csv", A);
    scenario.write("d/2.csv", B);
    scenario.datasets(
        csv("good", "d/*.csv", "")
            + csv("gone", "[d/1.csv, nowhere.csv]", "")
            + csv("none", "\"d/*.txt\"", "")
            + csv("folder", "d", "")
            + csv("twice", "[d/2.csv, \"d/*.csv\"]", ""));
    replay("none").requireCode(65).requireOneLine("d/*.txt: no file matches the pattern");

    Outcome check = scenario.mdp("config", "check", "--no-connect").requireCode(65);

    assertThat(check.err().lines().filter(line -> line.contains("streaming.yaml:")))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        ".*streaming.yaml:\\d+:\\d+: datasets.folder.path: .*/d: is a directory; name the files in it.*"),
            line ->
                assertThat(line)
                    .matches(
                        ".*streaming.yaml:\\d+:\\d+: datasets.gone.path: .*/nowhere.csv: no such file"),
            line ->
                assertThat(line)
                    .matches(
                        ".*streaming.yaml:\\d+:\\d+: datasets.none.path: .*/d/\\*.txt: no file matches the pattern"),
            line ->
                assertThat(line)
                    .matches(
                        ".*streaming.yaml:\\d+:\\d+: datasets.twice.path: names .*/d/2.csv twice; .*"));
    scenario.datasets(csv("good", "d/*.csv", ""));
    assertThat(scenario.mdp("config", "check", "--no-connect").requireCode(0).out())
        .containsPattern("datasets +good 2 files\n");
  }

  private Outcome replay(String name) {
    return scenario.mdp("stream", "replay", "--dataset", name, "--speed", "max");
  }

  private void storeTicks() {
    scenario.mdp("stream", "ticks", "--until-idle", "500ms").requireCode(0);
  }

  private void aggregate() {
    scenario.mdp("stream", "micro-batch", "--window", "2s", "--until-idle", "500ms");
  }

  private String prices() {
    return scenario.value("SELECT string_agg(price::text, ' ' ORDER BY price) FROM tick_data");
  }

  private static String csv(String name, String path, String more) {
    return "%s: { type: csv, path: %s, provider: p, symbol: SPY, %s columns: { src_ts: { path: t, unit: s }, price: p, size: q } }\n"
        .formatted(name, path, more);
  }

  private static String csvWithIds(String name, String path) {
    return csv(name, path, "").replace("size: q", "size: q, seq: id");
  }

  private static String frames(String name, String path, String columns) {
    return "%s: { type: ndjson, path: %s, provider: %s, symbol: SPY, other_lines: skip, columns: { %s } }\n"
        .formatted(name, path, name, columns);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    java.util.List.of(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
