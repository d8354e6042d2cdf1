package dev.mdp.cli.history;

import dev.mdp.cli.Mdp;
import dev.mdp.cli.completion.KnownKind;
import dev.mdp.core.error.Suggestions;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.store.Series;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `--provider` and `--symbol`: which of the stored series are meant.
final class SeriesOptions {
  private static final int NAMES_TOLD = 10;

  @Option(
      names = "--provider",
      paramLabel = "PROVIDER",
      split = ",",
      description = "Only these providers; repeatable (default: all).")
  List<String> providers = new ArrayList<>();

  @Option(
      names = "--symbol",
      paramLabel = "SYMBOL",
      split = ",",
      description = "Only these symbols, in any case; repeatable (default: all).")
  List<String> symbols = new ArrayList<>();

  /// Those of the stored series that are wanted. A name that is not stored at all is an error (exit
  /// 2), because it would look like an empty range. Series of other programs whose names are not
  /// ours are left out and told.
  List<Series> of(CommandSpec spec, List<Series> stored, List<String> intervals) {
    Mdp.of(spec)
        .names()
        .remember(
            Map.of(
                KnownKind.SYMBOL,
                stored.stream().map(Series::symbol).distinct().toList(),
                KnownKind.PROVIDER,
                stored.stream().map(Series::provider).distinct().toList()));
    List<String> wantedSymbols = canonical(spec, "--symbol", symbols, s -> Symbol.of(s).value());
    List<String> wantedIntervals =
        canonical(spec, "--interval", intervals, text -> Interval.parse(text).toString());
    List<String> unknown = new ArrayList<>();
    requireStored("--provider", providers, stored, Series::provider, unknown);
    requireStored("--symbol", wantedSymbols, stored, Series::symbol, unknown);
    requireStored("--interval", wantedIntervals, stored, Series::interval, unknown);
    if (!unknown.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join("\n", unknown));
    }
    List<Series> wanted =
        stored.stream()
            .filter(series -> matches(providers, series.provider()))
            .filter(series -> matches(wantedSymbols, series.symbol()))
            .filter(series -> matches(wantedIntervals, series.interval()))
            .toList();
    wanted.stream()
        .filter(series -> !series.isOurs())
        .forEach(series ->
            Mdp.of(spec)
                .stderr()
                .warnings()
                .println("left out '" + series + "': not a name that mdp writes"));
    return wanted.stream().filter(Series::isOurs).toList();
  }

  private static boolean matches(Collection<String> wanted, String name) {
    return wanted.isEmpty() || wanted.contains(name);
  }

  private static List<String> canonical(
      CommandSpec spec, String option, List<String> texts, UnaryOperator<String> parse) {
    try {
      return texts.stream().map(parse).toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
    }
  }

  private static void requireStored(
      String option,
      List<String> wanted,
      List<Series> stored,
      Function<Series, String> name,
      List<String> unknown) {
    TreeSet<String> known = new TreeSet<>(stored.stream().map(name).toList());
    for (String each : wanted) {
      if (!known.contains(each)) {
        String some = String.join(", ", known.stream().limit(NAMES_TOLD).toList());
        String names =
            known.isEmpty() ? "nothing" : some + (known.size() > NAMES_TOLD ? ", …" : "");
        unknown.add(
            "%s: nothing of '%s' is stored (there is: %s)%s"
                .formatted(option, each, names, Suggestions.phrase(each, known)));
      }
    }
  }
}
