package dev.mdp.cli.deadletter;

import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.cli.shell.StoredNames;
import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Symbol;
import dev.mdp.ops.deadletter.DeadLetterQuery;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Which letters: every option that is given must fit.
final class DeadLetterFilter {
  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Only this reason, e.g. malformed, future, sealed, wrong_shard.")
  @Nullable String reason;

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description =
          "Only dead letters of this consumer group; the last word of its name is enough.")
  @Nullable String group;

  @Option(names = "--provider", paramLabel = "PROVIDER", description = "Only this provider.")
  @Nullable String provider;

  @Option(names = "--symbol", paramLabel = "SYMBOL", description = "Only this symbol.")
  @Nullable String symbol;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description = "Only dead letters newer than this, e.g. 1h.")
  @Nullable Duration since;

  @Option(names = "--shard", paramLabel = "N", description = "Only entries of this shard.")
  @Nullable Integer shard;

  boolean isEmpty() {
    return reason == null
        && group == null
        && provider == null
        && symbol == null
        && since == null
        && shard == null;
  }

  /// To be called when no letter fits: a symbol that has none may exist anyway. Throws
  /// `ParameterException` (exit 2) when it does not.
  ///
  /// @param met symbols that letters have
  void requireSymbol(CommandSpec spec, Set<String> met) {
    String wanted = wantedSymbol(spec);
    if (wanted != null) {
      StoredNames.ifReachable(spec, ConfigOptions.load(spec))
          .ifPresent(stored -> stored.require(spec, List.of(wanted), List.of(), met));
    }
  }

  DeadLetterQuery query(CommandSpec spec) {
    return new DeadLetterQuery(reason, group, provider, wantedSymbol(spec), shard, first(spec));
  }

  private Position first(CommandSpec spec) {
    return since == null
        ? Position.START
        : new Position(
            Math.max(0, RootCommand.of(spec).host().clock().instant().minus(since).toEpochMilli()),
            0);
  }

  private @Nullable String wantedSymbol(CommandSpec spec) {
    try {
      return symbol == null ? null : Symbol.of(symbol).value();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--symbol: " + e.getMessage(), e);
    }
  }
}
