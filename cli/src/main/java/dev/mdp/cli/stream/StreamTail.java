package dev.mdp.cli.stream;

import dev.mdp.bus.codec.SignalCodec;
import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.cli.shell.StoredNames;
import dev.mdp.cli.shell.UnknownName;
import dev.mdp.config.BusConfig;
import dev.mdp.config.LoadedConfig;
import dev.mdp.core.bus.BusInspector;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.LogEntry;
import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.metrics.BusMetrics;
import dev.mdp.runtime.Wiring;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `mdp stream tail`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp stream tail --limit 20",
      "  mdp stream tail --follow --symbol SPY | jq .event.c",
      "  mdp stream tail --topic mdp.events.dlq --since 1h",
      "  mdp stream tail --topic mdp.signals --follow",
      "",
      "Lines for people on a terminal, one JSON object a line in a pipe (--output decides).",
      "Exit codes: 0 done, 2 unknown topic or symbol, 69 bus unreachable, 78 bad configuration.",
      "Configuration used: bus; store to check an unknown --symbol."
    })
final class StreamTail implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int READ = 1_000;

  @Option(names = "--topic", paramLabel = "TOPIC", description = "The topic (default: the events).")
  @Nullable String topic;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most N of the newest entries (default: 50).")
  int limit = 50;

  @Option(
      names = {"-f", "--follow"},
      description = "Keep printing new entries, like tail -f.")
  boolean follow;

  @Option(names = "--symbol", paramLabel = "SYMBOL", description = "Only this symbol.")
  @Nullable String symbol;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description = "Only entries newer than this, e.g. 5m.")
  @Nullable Duration since;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table or jsonl (default: table on a terminal, jsonl otherwise).")
  @Nullable Format output;

  @Spec CommandSpec spec;

  enum Format {
    TABLE,
    JSONL
  }

  @Override
  public Integer call() throws InterruptedException {
    if (limit < 0) {
      throw new ParameterException(
          spec.commandLine(), "--limit: must not be negative, was " + limit);
    }
    String wanted = wantedSymbol();
    LoadedConfig loaded = ConfigOptions.load(spec);
    try (EventBus bus = Wiring.bus(loaded.config(), BusMetrics.NONE)) {
      BusInspector inspector = bus.inspector();
      BusConfig names = loaded.config().bus();
      String name = topic == null ? names.topic() : topic;
      requireTopic(inspector, name, names.topics());
      boolean signals = name.equals(names.signalsTopic());
      int shards = inspector.shards(name);
      Position[] next = new Position[shards];
      List<TailRow> rows = new ArrayList<>();
      for (int shard = 0; shard < shards; shard++) {
        next[shard] = after(inspector.bounds(name, shard).lastEver());
        for (LogEntry entry : newest(inspector, name, shard, wanted)) {
          next[shard] = after(entry.position());
          rows.add(row(inspector, entry, signals));
        }
      }
      Set<String> met = rows.stream().map(TailRow::symbol).collect(Collectors.toSet());
      rows.removeIf(row -> wanted != null && !row.symbol().equals(wanted));
      rows.sort(Comparator.comparing((TailRow row) -> row.entry().position()));
      print(rows.subList(Math.max(0, rows.size() - limit), rows.size()));
      if (rows.isEmpty() && !follow && limit > 0) {
        requireSymbol(loaded, wanted, met);
        sayNothingFound(name);
      }
      while (follow) {
        Thread.sleep(POLL);
        print(newRows(inspector, name, next, wanted, signals));
      }
      return ExitCodes.OK;
    }
  }

  private List<LogEntry> newest(
      BusInspector inspector, String name, int shard, @Nullable String wanted) {
    Position first =
        since == null
            ? Position.START
            : new Position(
                Math.max(
                    0, RootCommand.of(spec).host().clock().instant().minus(since).toEpochMilli()),
                0);
    if (limit == 0) {
      return List.of();
    }
    // A filter looks further back, but not without an end.
    return inspector.readLast(
        name, shard, first, wanted == null ? limit : Math.max(limit, 100_000));
  }

  private static List<TailRow> newRows(
      BusInspector inspector,
      String name,
      Position[] next,
      @Nullable String wanted,
      boolean signals) {
    List<TailRow> rows = new ArrayList<>();
    for (int shard = 0; shard < next.length; shard++) {
      for (LogEntry entry : inspector.read(name, shard, next[shard], READ)) {
        next[shard] = after(entry.position());
        TailRow row = row(inspector, entry, signals);
        if (wanted == null || row.symbol().equals(wanted)) {
          rows.add(row);
        }
      }
    }
    rows.sort(Comparator.comparing((TailRow row) -> row.entry().position()));
    return rows;
  }

  private static TailRow row(BusInspector inspector, LogEntry entry, boolean signals) {
    return new TailRow(
        entry,
        inspector.decode(entry),
        signals ? new SignalCodec().decode(entry.data()) : Optional.empty());
  }

  private void print(List<TailRow> rows) {
    PrintWriter out = spec.commandLine().getOut();
    Format format =
        output != null
            ? output
            : RootCommand.of(spec).host().stdoutTerminal() ? Format.TABLE : Format.JSONL;
    for (TailRow row : rows) {
      out.println(format == Format.TABLE ? row.line() : row.json());
    }
    out.flush();
  }

  /// One that is configured may have no entry yet.
  private void requireTopic(BusInspector inspector, String name, List<String> configured) {
    if (!configured.contains(name) && !inspector.exists(name)) {
      throw new ParameterException(
          spec.commandLine(), UnknownName.message("--topic", "topic", name, configured));
    }
  }

  /// A symbol may be stored, and have no entry on the topic any more.
  private void requireSymbol(LoadedConfig loaded, @Nullable String wanted, Set<String> met) {
    if (wanted != null) {
      StoredNames.ifReachable(spec, loaded)
          .ifPresent(stored -> stored.require(spec, List.of(wanted), List.of(), met));
    }
  }

  /// Silence would look the same for a quiet topic and for a name that is mistyped.
  private void sayNothingFound(String name) {
    String filtered = symbol == null && since == null ? "" : " that matches";
    spec.commandLine().getErr().println("no entry" + filtered + " on topic '" + name + "'");
    spec.commandLine().getErr().flush();
  }

  private @Nullable String wantedSymbol() {
    try {
      return symbol == null ? null : Symbol.of(symbol).value();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--symbol: " + e.getMessage(), e);
    }
  }

  private static Position after(Position position) {
    return new Position(position.major(), position.minor() + 1);
  }
}
