package dev.mdp.cli.feeds;

import dev.mdp.cli.shell.TimeRange;
import dev.mdp.cli.shell.TimeRangeOptions;
import dev.mdp.core.event.Micros;
import dev.mdp.core.feed.FeedReader;
import dev.mdp.core.feed.FeedReader.Gap;
import dev.mdp.core.feed.GapState;
import dev.mdp.ops.fill.FillRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/// Which holes: by number, or by `--provider --symbol --from --to`.
final class GapSelection {
  private static final int ALL = 1_000_000;

  @Parameters(
      paramLabel = "GAP",
      arity = "0..*",
      description = "Numbers of holes, as mdp feeds gaps prints them (default: all that are open).")
  List<Long> numbers = new ArrayList<>();

  @Option(names = "--again", description = "Also holes that were given up: void, gone or refused.")
  boolean again;

  @Mixin FeedFilter filter;
  @Mixin TimeRangeOptions.Open time;

  /// Throws `ParameterException` (exit 2) for numbers that are not those of holes to be asked for.
  List<Gap> select(CommandSpec spec, FillRequest request) {
    Optional<String> symbol = filter.symbol(spec);
    TimeRange range = time.resolve(spec);
    if (numbers.isEmpty()) {
      return request.select(
          new FeedReader.Query(
              filter.provider(),
              symbol,
              Optional.of(Micros.instant(range.fromMicros())),
              Optional.of(Micros.instant(range.toMicros())),
              !again,
              ALL),
          again);
    }
    if (filter.provider().isPresent() || symbol.isPresent() || time.isGiven()) {
      throw new ParameterException(
          spec.commandLine(),
          "GAP numbers name holes already: leave --provider, --symbol, --from and --to out");
    }
    List<Gap> found = request.select(numbers.stream().distinct().toList());
    requireAll(spec, found);
    found.forEach(gap -> requireAskable(spec, gap));
    return found;
  }

  private void requireAll(CommandSpec spec, List<Gap> found) {
    for (long number : numbers) {
      if (found.stream().noneMatch(gap -> gap.id() == number)) {
        throw new ParameterException(
            spec.commandLine(), "no hole has the number " + number + "; mdp feeds gaps lists them");
      }
    }
  }

  private void requireAskable(CommandSpec spec, Gap each) {
    GapState state = each.gap().state();
    if (!state.mayBeAskedAgain()) {
      throw new ParameterException(
          spec.commandLine(),
          "hole %d is %s: asking again cannot change that%s"
              .formatted(
                  each.id(),
                  state.word(),
                  state == GapState.DEAD_LETTERED ? "; see mdp stream dead-letters list" : ""));
    }
    if (!state.isOpen() && !again) {
      throw new ParameterException(
          spec.commandLine(),
          "hole %d was given up as %s: --again asks for it once more"
              .formatted(each.id(), state.word()));
    }
  }
}
