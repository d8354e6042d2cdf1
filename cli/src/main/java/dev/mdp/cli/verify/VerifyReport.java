package dev.mdp.cli.verify;

import dev.mdp.cli.output.Column;
import dev.mdp.cli.output.OutputFormat;
import dev.mdp.cli.output.RowSink;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.core.audit.AuditCounts;
import dev.mdp.core.audit.BarAudit.Repaired;
import dev.mdp.core.audit.BarFinding;
import dev.mdp.core.audit.BarVerdict;
import dev.mdp.core.audit.TwiceTrade;
import dev.mdp.core.feed.FeedReader;
import dev.mdp.ops.audit.AuditFindings;
import dev.mdp.ops.audit.AuditWords;
import dev.mdp.ops.audit.Verification;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// Prints findings as they come, and at the end what was counted and what to do next. One thread.
final class VerifyReport implements AuditFindings {
  private final CommandSpec spec;
  private final OutputOptions output;
  private final String schema;
  private final long limit;
  private final BarHoles holes;
  private final List<Column<BarFinding>> columns;
  private final @Nullable RowSink<Map<String, @Nullable Object>> rows;
  private final List<Map<String, @Nullable Object>> held = new ArrayList<>();
  private long seen;

  /// @param limit how many findings are printed; 0 for all
  /// @param holes of the range that is compared
  VerifyReport(CommandSpec spec, OutputOptions output, String schema, int limit, BarHoles holes) {
    this.spec = spec;
    this.output = output;
    this.schema = schema;
    this.limit = limit == 0 ? Long.MAX_VALUE : limit;
    this.holes = holes;
    this.columns =
        output.isTable() ? FindingColumns.forPeople(holes) : FindingColumns.forPrograms(holes);
    this.rows =
        output.format() == OutputFormat.JSON
            ? null
            : output.printer(spec, schema).rows(columns.stream().map(VerifyReport::ofRow).toList());
  }

  private static Column<Map<String, @Nullable Object>> ofRow(Column<BarFinding> column) {
    return new Column<>(column.name(), column.align(), row -> row.get(column.name()));
  }

  @Override
  public void bar(BarFinding finding) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    columns.forEach(column -> row.put(column.name(), column.value().apply(finding)));
    show(row);
  }

  @Override
  public void twice(TwiceTrade trade) {
    Map<String, @Nullable Object> all = TwiceRow.of(trade);
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    columns.forEach(column -> row.put(column.name(), all.get(column.name())));
    show(row);
  }

  private void show(Map<String, @Nullable Object> row) {
    if (seen++ >= limit) {
      return;
    }
    if (rows != null) {
      rows.row(row);
    } else {
      held.add(row);
    }
  }

  /// @param words the command's options, to be typed again
  void end(Verification.Result result, Verification.Writes writes, double seconds, String words) {
    List<FeedReader.Gap> lacking = holes.inScope();
    if (rows != null) {
      if (seen > 0 || !output.isTable()) {
        rows.end();
      }
    } else {
      Map<String, @Nullable Object> object = envelope(result, seconds);
      object.put("holes", BarHoles.objects(lacking));
      output.printer(spec, schema).object(object);
    }
    PrintWriter err = spec.commandLine().getErr();
    if (seen > limit) {
      err.printf(Locale.ROOT, "printed %,d of %,d findings; --limit 0 prints all%n", limit, seen);
    }
    err.println(sum(result.counts(), seconds));
    TwiceRow.summary(result.twice()).ifPresent(err::println);
    if (writes.any()) {
      err.println(written(result));
    }
    result.notes().forEach(err::println);
    BarHoles.lines(lacking).forEach(err::println);
    advice(result, writes, words).forEach(err::println);
    err.flush();
  }

  private static Map<String, @Nullable Object> envelope(
      Verification.Result result, double seconds, List<?> findings) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("checked", result.counts().checked());
    object.put("counts", AuditWords.counts(result.counts()));
    object.put("ticks", result.counts().ticks());
    object.put("repaired", AuditWords.words(result.repaired()));
    object.put("built", AuditWords.words(result.built()));
    object.put("twice", AuditWords.words(result.twice()));
    object.put("left", result.left());
    object.put("unverified_shards", result.unverifiedShards());
    object.put("seconds", seconds);
    object.put("notes", result.notes());
    object.put("findings", findings);
    return object;
  }

  private Map<String, @Nullable Object> envelope(Verification.Result result, double seconds) {
    return envelope(result, seconds, held);
  }

  private static String sum(AuditCounts counts, double seconds) {
    StringJoiner parts = new StringJoiner(" + ");
    for (BarVerdict verdict : BarVerdict.values()) {
      if (counts.of(verdict) > 0 || verdict == BarVerdict.EQUAL) {
        parts.add(String.format(Locale.ROOT, "%,d %s", counts.of(verdict), verdict.word()));
      }
    }
    return String.format(
        Locale.ROOT,
        "checked %,d bars = %s   %,d ticks in %.1f s (%,.0f/s)",
        counts.checked(),
        parts,
        counts.ticks(),
        seconds,
        counts.ticks() / seconds);
  }

  private static String written(Verification.Result result) {
    Repaired all = result.repaired().plus(result.built());
    String line =
        String.format(
            Locale.ROOT,
            "wrote %,d bars (%,d of windows that were not built before), removed %,d",
            all.written(),
            result.built().written(),
            all.removed());
    if (all.shrinking() > 0) {
      line +=
          String.format(
              Locale.ROOT,
              ", left %,d that would lose ticks (--allow-shrink writes them)",
              all.shrinking());
    }
    return all.moved() == 0
        ? line
        : line
            + String.format(
                Locale.ROOT, ", left %,d that changed meanwhile (run it again)", all.moved());
  }

  private static List<String> advice(
      Verification.Result result, Verification.Writes writes, String words) {
    AuditCounts counts = result.counts();
    List<String> lines = new ArrayList<>();
    if (counts.of(BarVerdict.PENDING) > 0) {
      lines.add(
          "pending: not sealed yet, or their ticks are on the way; no findings (--wait 60s waits)");
    }
    if (counts.of(BarVerdict.UNVERIFIED) > 0) {
      lines.add(
          "unverified: not what the ticks give, and pending for longer than --pending-ok, or no worker"
              + " stores their ticks; never repaired: start the workers"
              + " (mdp stream checkpoints list shows which groups stand still)");
    }
    if (counts.of(BarVerdict.UNVERIFIABLE) > 0) {
      lines.add("unverifiable: older than the oldest tick that is kept; no findings");
    }
    if (counts.of(BarVerdict.EXTERNAL) > 0) {
      lines.add("external: came as bars, so there are no ticks to compare; no findings");
    }
    if (counts.of(BarVerdict.UNBUILT) > 0 && !writes.build()) {
      lines.add(
          "unbuilt: ticks from a time when no worker built that interval; not findings; to build the"
              + " bars: mdp verify bars"
              + words
              + " --build");
    }
    if (counts.findings() > counts.of(BarVerdict.UNVERIFIED) && !writes.repair()) {
      lines.add("to repair: mdp verify bars" + words + " --repair");
    }
    if (result.twice().left() > 0 && !(writes.repair() && writes.allowShrink())) {
      lines.add(
          "twice: the later copy of each goes to tick_corrections with: mdp verify bars"
              + words
              + " --repair --allow-shrink");
    }
    if (counts.checked() == 0) {
      lines.add(
          "nothing to compare: no bars and no ticks in this range; is it the right database?");
    }
    return lines;
  }
}
