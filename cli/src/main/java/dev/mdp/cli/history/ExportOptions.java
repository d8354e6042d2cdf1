package dev.mdp.cli.history;

import dev.mdp.cli.Mdp;
import dev.mdp.cli.Progress;
import dev.mdp.cli.TimeRange;
import dev.mdp.core.store.HistoryReader.Range;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// Where an export goes and in which form.
final class ExportOptions {
  private static final int PAGE = 2_000;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "csv or jsonl (default: csv, or what the file's name says).")
  LineFormat.@Nullable Form form;

  @Option(
      names = "--file",
      paramLabel = "PATH",
      description =
          "Write there instead of to stdout: whole or not at all, compressed when it ends in .gz.")
  @Nullable Path file;

  /// Writes the whole range and says so.
  <T> void write(
      CommandSpec spec,
      TimeRange wanted,
      Range<T> range,
      LineFormat lines,
      BiConsumer<T, LineFormat> row,
      ToLongFunction<T> micros,
      String what) {
    Mdp mdp = Mdp.of(spec);
    Instant begun = mdp.host().clock().instant();
    Progress progress =
        new Progress(spec.commandLine().getErr(), mdp.host().stderrTerminal(), mdp.host().clock());
    Share share = new Share(wanted);
    ObjLongConsumer<List<T>> tell =
        (page, count) -> progress.update(count, what, share.at(micros.applyAsLong(page.getLast())));
    String target;
    long rows;
    try {
      if (file == null) {
        rows = copy(range, lines, row, spec.commandLine().getOut(), tell);
        spec.commandLine().getOut().flush();
        target = "";
      } else {
        try (ExportFile written = ExportFile.create(mdp.host().directory().resolve(file))) {
          rows = copy(range, lines, row, written.writer(), tell);
          target = "   " + file + " " + written.commit() + " bytes";
        }
      }
    } finally {
      progress.clear();
    }
    double seconds =
        Math.max(1, Duration.between(begun, mdp.host().clock().instant()).toMillis()) / 1_000.0;
    spec.commandLine()
        .getErr()
        .println(
            String.format(
                Locale.ROOT,
                "done %.1f s   %d %s   %.0f/s%s",
                seconds,
                rows,
                what,
                rows / seconds,
                target));
    spec.commandLine().getErr().flush();
  }

  LineFormat.Form form() {
    if (form != null) {
      return form;
    }
    String name = file == null ? "" : file.toString();
    return name.matches(".*\\.(jsonl|ndjson)(\\.gz)?")
        ? LineFormat.Form.JSONL
        : LineFormat.Form.CSV;
  }

  private <T> long copy(
      Range<T> range,
      LineFormat lines,
      BiConsumer<T, LineFormat> row,
      Writer out,
      ObjLongConsumer<List<T>> tell) {
    long count = 0;
    lines.drainTo(out);
    for (List<T> page = range.next(PAGE); !page.isEmpty(); page = range.next(PAGE)) {
      page.forEach(each -> row.accept(each, lines));
      lines.drainTo(out);
      count += page.size();
      tell.accept(page, count);
    }
    return count;
  }

  /// How much of the range is done, by event time from its first row on.
  private static final class Share {
    private final long end;
    private long first = Long.MIN_VALUE;

    Share(TimeRange wanted) {
      this.end = wanted.toMicros();
    }

    double at(long micros) {
      first = first == Long.MIN_VALUE ? micros : first;
      return (double) (micros - first) / Math.max(1, end - first);
    }
  }
}
