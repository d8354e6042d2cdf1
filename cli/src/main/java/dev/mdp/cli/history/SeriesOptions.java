package dev.mdp.cli.history;

import dev.mdp.cli.completion.KnownKind;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.cli.shell.UnknownName;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.store.Series;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `--provider` and `--symbol`: which of the stored series are meant.
final class SeriesOptions {
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
  ///
  /// @param elsewhere what another table has: a symbol of which only ticks are stored has no bars,
  ///   but exists
  List<Series> of(
      CommandSpec spec,
      List<Series> stored,
      Supplier<List<Series>> elsewhere,
      List<String> intervals) {
    RootCommand.of(spec)
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
    requireStored("provider", providers, stored, elsewhere, Series::provider, unknown);
    requireStored("symbol", wantedSymbols, stored, elsewhere, Series::symbol, unknown);
    requireStored("interval", wantedIntervals, stored, List::of, Series::interval, unknown);
    if (!unknown.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join("; ", unknown));
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
            RootCommand.of(spec)
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
      String what,
      List<String> wanted,
      List<Series> stored,
      Supplier<List<Series>> elsewhere,
      Function<Series, String> name,
      List<String> unknown) {
    TreeSet<String> known = new TreeSet<>(stored.stream().map(name).toList());
    if (!known.containsAll(wanted)) {
      elsewhere.get().forEach(series -> known.add(name.apply(series)));
    }
    for (String each : wanted) {
      if (!known.contains(each)) {
        unknown.add(UnknownName.message("--" + what, what, each, known));
      }
    }
  }
}
