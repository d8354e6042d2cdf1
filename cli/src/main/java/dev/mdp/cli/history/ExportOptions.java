package dev.mdp.cli.history;

import dev.mdp.cli.shell.Progress;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.cli.shell.TimeRange;
import dev.mdp.core.store.HistoryReader.Range;
import dev.mdp.ops.export.ExportFile;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Where an export goes and in which form.
final class ExportOptions {
  private static final int PAGE = 2_000;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "csv or jsonl (default: by --file's extension, else csv).")
  LineFormat.@Nullable Form form;

  @Option(
      names = "--file",
      paramLabel = "PATH",
      description =
          "Write to this file instead of stdout; it appears only when complete, gzipped if the name"
              + " ends in .gz. FIFOs and devices are written directly.")
  @Nullable Path file;

  @Option(names = "--force", description = "Overwrite the file of --file if it exists.")
  boolean force;

  /// Before anything is connected: refuses a file that cannot be written or may not be overwritten.
  void check(CommandSpec spec) {
    if (file == null) {
      return;
    }
    try {
      ExportFile.check(place(spec, file), force);
    } catch (FileAlreadyExistsException e) {
      throw exists(spec, file, e);
    }
  }

  /// Writes the whole range and says so. The range is opened last: a FIFO may have to wait for its
  /// reader, and a snapshot of the database must not.
  <T> void write(
      CommandSpec spec,
      TimeRange wanted,
      Supplier<Range<T>> rows,
      LineFormat lines,
      BiConsumer<T, LineFormat> row,
      ToLongFunction<T> micros,
      String what) {
    RootCommand root = RootCommand.of(spec);
    Instant begun = root.host().clock().instant();
    Progress progress =
        new Progress(
            spec.commandLine().getErr(), root.host().stderrTerminal(), root.host().clock());
    Share share = new Share(wanted);
    ObjLongConsumer<List<T>> tell =
        (page, count) -> progress.update(count, what, share.at(micros.applyAsLong(page.getLast())));
    String target;
    long count;
    try {
      if (file == null) {
        try (Range<T> range = rows.get()) {
          count = copy(range, lines, row, spec.commandLine().getOut(), tell);
        }
        spec.commandLine().getOut().flush();
        target = "";
      } else {
        try (ExportFile written = ExportFile.create(place(spec, file), force, notice(spec));
            Range<T> range = rows.get()) {
          count = copy(range, lines, row, written.writer(), tell);
          target = "   " + file + " " + written.commit() + " bytes";
        } catch (FileAlreadyExistsException e) {
          throw exists(spec, file, e);
        } catch (UncheckedIOException e) {
          throw ExportFile.failed(place(spec, file), Objects.requireNonNull(e.getCause()));
        }
      }
    } finally {
      progress.clear();
    }
    double seconds =
        Math.max(1, Duration.between(begun, root.host().clock().instant()).toMillis()) / 1_000.0;
    spec.commandLine()
        .getErr()
        .println(
            String.format(
                Locale.ROOT,
                "done %.1f s   %d %s   %.0f/s%s",
                seconds,
                count,
                what,
                count / seconds,
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

  private static Path place(CommandSpec spec, Path file) {
    return RootCommand.of(spec).host().directory().resolve(file);
  }

  private static Consumer<String> notice(CommandSpec spec) {
    return text -> {
      spec.commandLine().getErr().println(text);
      spec.commandLine().getErr().flush();
    };
  }

  private static ParameterException exists(
      CommandSpec spec, Path file, FileAlreadyExistsException cause) {
    return new ParameterException(
        spec.commandLine(), file + " exists; --force overwrites it", cause);
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
