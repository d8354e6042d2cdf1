package dev.mdp.cli.completion;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What the value of an option or parameter may be, in the words of the scripts: `-` for an option
/// without one, `words a b`, `known symbol`, `file`, `folder`, each of them after `list` where
/// commas separate several, or `any`.
final class ValueKind {
  static final String NONE = "-";
  static final String ANY = "any";

  private static final String FILE = "file";
  private static final String FOLDER = "folder";
  private static final String INTERVALS = "words 1s 2s 5s 10s 30s 1m 5m 15m 1h 1d";
  private static final String ZONES =
      "words UTC America/New_York America/Chicago Europe/London Europe/Berlin Asia/Tokyo"
          + " Asia/Singapore Australia/Sydney";
  private static final String VENUES = "coinbase kraken binance binance_agg";
  private static final String JOBS = "words produce micro-batch ticks infer replay verify-bars";
  private static final String REASONS =
      "words malformed too_large unknown_version unknown_kind bad_provider bad_symbol bad_price"
          + " bad_size bad_time bad_field wrong_shard future sealed interval_conflict"
          + " refused_by_store too_many_lanes";

  /// By command and name.
  private static final Map<String, String> EXACT =
      Map.ofEntries(
          Map.entry("mdp up --provider", "words synthetic dataset " + VENUES),
          Map.entry("mdp up --bus", "words redis kafka"),
          Map.entry("mdp up --data-dir", FOLDER),
          Map.entry("mdp verify bars --data-dir", FOLDER),
          Map.entry("mdp verify feeds --data-dir", FOLDER),
          Map.entry("mdp verify feeds --sessions", known(KnownKind.CALENDAR)),
          Map.entry("mdp stream produce --provider", "words synthetic " + VENUES),
          Map.entry("mdp producers test PRODUCER", "words " + VENUES),
          Map.entry("mdp stream replay --speed", "words 1x 10x 100x max"),
          Map.entry("mdp stream shards --group", "words micro-batcher inference"),
          Map.entry("mdp calendar show NAME", known(KnownKind.CALENDAR)),
          Map.entry("mdp datastore job-runs-inspect ID", known(KnownKind.RUN)),
          Map.entry("mdp datastore job-runs-list --job-name", JOBS),
          Map.entry("mdp signals list --name", known(KnownKind.RULE)));

  /// By name alone.
  private static final Map<String, String> BY_NAME =
      Map.ofEntries(
          Map.entry("--calendar", known(KnownKind.CALENDAR)),
          Map.entry("--dataset", known(KnownKind.DATASET)),
          Map.entry("--from-interval", INTERVALS),
          Map.entry("--group", known(KnownKind.GROUP)),
          Map.entry("--interval", INTERVALS),
          Map.entry("--provider", known(KnownKind.PROVIDER)),
          Map.entry("--reason", REASONS),
          Map.entry("--rule", known(KnownKind.RULE)),
          Map.entry("--set", known(KnownKind.KEY)),
          Map.entry("--symbol", known(KnownKind.SYMBOL)),
          Map.entry("--symbols", known(KnownKind.SYMBOL)),
          Map.entry("--tz", ZONES),
          Map.entry("--topic", known(KnownKind.TOPIC)),
          Map.entry("--window", INTERVALS),
          Map.entry("PROVIDER", known(KnownKind.PROVIDER)),
          Map.entry("SYMBOL", known(KnownKind.SYMBOL)),
          Map.entry("SHELL", "words bash zsh"),
          Map.entry("TIME", "words now open close"),
          Map.entry("FILE", FILE),
          Map.entry("PATH", FILE),
          Map.entry("DIR", FOLDER));

  private ValueKind() {}

  /// @param command with its groups, e.g. `mdp stream tail`
  static String of(String command, ArgSpec arg) {
    if (arg instanceof OptionSpec option && option.arity().max() == 0) {
      return NONE;
    }
    String kind = single(command, arg);
    boolean list = !arg.splitRegex().isEmpty() && !kind.equals(ANY);
    return list ? "list " + kind : kind;
  }

  private static String single(String command, ArgSpec arg) {
    String name = arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
    String exact = EXACT.get(command + " " + name);
    if (exact != null) {
      return exact;
    }
    Class<?> type = arg.auxiliaryTypes().length == 0 ? arg.type() : arg.auxiliaryTypes()[0];
    if (type.isEnum()) {
      return "words "
          + Arrays.stream(type.getEnumConstants())
              .map(each -> ((Enum<?>) each).name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(" "));
    }
    if (BY_NAME.containsKey(name)) {
      return BY_NAME.get(name);
    }
    if (BY_NAME.containsKey(arg.paramLabel())) {
      return BY_NAME.get(arg.paramLabel());
    }
    return Set.of(Path.class, File.class).contains(type) ? FILE : ANY;
  }

  private static String known(KnownKind kind) {
    return "known " + kind.word();
  }
}
