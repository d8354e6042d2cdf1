package dev.mdp.cli.verify;

import dev.mdp.cli.output.OutputFormat;
import dev.mdp.cli.output.RowSink;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.core.event.Micros;
import dev.mdp.core.feed.IdEvidence.Noted;
import dev.mdp.ops.feed.IdWord;
import dev.mdp.ops.feed.MissingIds;
import dev.mdp.ops.feed.SeriesProof;
import dev.mdp.ops.feed.TimeWord;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// Prints the ledgers series by series, what is missing, and at the end the sums and what to do
/// next. One thread.
final class FeedsReport {
  private final CommandSpec spec;
  private final OutputOptions output;
  private final String schema;
  private final long limit;
  private final @Nullable RowSink<SeriesProof> rows;
  private final List<Map<String, @Nullable Object>> heldSeries = new ArrayList<>();
  private final List<Map<String, @Nullable Object>> heldHoles = new ArrayList<>();
  private final ProofSums sums = new ProofSums();

  /// @param limit how many missing ranges are named; 0 for all
  FeedsReport(CommandSpec spec, OutputOptions output, String schema, int limit) {
    this.spec = spec;
    this.output = output;
    this.schema = schema;
    this.limit = limit == 0 ? Long.MAX_VALUE : limit;
    this.rows =
        output.format() == OutputFormat.JSON
            ? null
            : output
                .printer(spec, schema)
                .rows(output.isTable() ? ProofColumns.forPeople() : ProofColumns.forPrograms());
  }

  /// What the venue itself does not have is only counted.
  void missing(MissingIds missing) {
    if (missing.word() == IdWord.VOID || !sums.name(limit)) {
      return;
    }
    if (rows == null) {
      heldHoles.add(object(missing));
    } else {
      spec.commandLine().getErr().println(line(missing));
    }
  }

  void proof(SeriesProof proof) {
    sums.add(proof);
    if (rows != null) {
      rows.row(proof);
      return;
    }
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    ProofColumns.forPrograms()
        .forEach(column -> object.put(column.name(), column.value().apply(proof)));
    heldSeries.add(object);
  }

  /// Returns whether someone has to do something.
  boolean end() {
    if (rows == null) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      object.put("findings", sums.findings());
      object.put("series", heldSeries);
      object.put("holes", heldHoles);
      output.printer(spec, schema).object(object);
    } else if (sums.series() > 0 || !output.isTable()) {
      rows.end();
    }
    PrintWriter err = spec.commandLine().getErr();
    if (sums.named() > limit) {
      err.printf(
          Locale.ROOT,
          "named %,d of %,d missing ranges; --limit 0 names all%n",
          limit,
          sums.named());
    }
    sums.lines().forEach(err::println);
    advice().forEach(err::println);
    err.flush();
    return sums.findings() > 0;
  }

  private static Map<String, @Nullable Object> object(MissingIds missing) {
    Noted noted = missing.noted().orElse(null);
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("word", missing.word().word());
    object.put("provider", missing.series().provider());
    object.put("symbol", missing.series().symbol().value());
    object.put("epoch", missing.series().epoch());
    object.put("id_from", missing.ids().first());
    object.put("id_to", missing.ids().last());
    object.put("ids", missing.ids().size());
    object.put("ts_from", Micros.instant(missing.fromMicros()));
    object.put("ts_to", Micros.instant(missing.toMicros()));
    object.put("gap", noted == null ? null : noted.number());
    object.put("state", noted == null ? null : noted.gap().state().word());
    object.put("reason", noted == null ? null : noted.gap().reason());
    return object;
  }

  /// `open: coinbase BTC-USD ids 120–140 (21) between … and …: hole 17, disconnected`
  private static String line(MissingIds missing) {
    return String.format(
        Locale.ROOT,
        "%s: %s ids %s (%,d) between %s and %s%s",
        missing.word().word(),
        missing.series(),
        missing.ids(),
        missing.ids().size(),
        Micros.instant(missing.fromMicros()),
        Micros.instant(missing.toMicros()),
        missing
            .noted()
            .map(noted -> ": hole " + noted.number() + ", " + noted.gap().reason())
            .orElse(""));
  }

  private List<String> advice() {
    List<String> lines = new ArrayList<>();
    say(lines, IdWord.OPEN, "open: being asked for, or will be; mdp feeds gaps --open lists them");
    say(
        lines,
        IdWord.UNEXPLAINED,
        "unexplained: not stored, not on the way, and no hole is noted: the log or the table lost them");
    say(
        lines,
        IdWord.FILLED,
        "filled: published and not stored, though the tick worker has passed them; see mdp stream dlq list");
    say(
        lines,
        IdWord.UNVERIFIED,
        "unverified: on the way for longer than --pending-ok, or no worker stores them: start mdp stream"
            + " ticks (mdp stream checkpoints list shows which groups stand still)");
    say(
        lines,
        IdWord.PENDING,
        "pending: on the way into the table; no findings (--wait 60s waits)");
    say(
        lines,
        IdWord.UNVERIFIABLE,
        "unverifiable: older than the oldest tick that is kept; no findings");
    if (sums.twice() > 0) {
      lines.add("twice: trades whose id another stored trade has at another time");
    }
    if (sums.of(TimeWord.UNPROVED) > 0) {
      lines.add(
          "unproved: live, without a trade, and no ids show that there was none; no findings");
    }
    for (String series : sums.withoutProof()) {
      lines.add("no proof: " + series + ": its ids do not show whether a trade was missed");
    }
    if (sums.series() == 0) {
      lines.add("nothing to prove: no feed has noted a series in this range");
    }
    return lines;
  }

  private void say(List<String> lines, IdWord word, String line) {
    if (sums.of(word) > 0) {
      lines.add(line);
    }
  }
}
