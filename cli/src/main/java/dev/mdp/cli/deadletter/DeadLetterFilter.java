package dev.mdp.cli.deadletter;

import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.cli.shell.StoredNames;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Symbol;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

  private static final int MOST_MET = 1_000;

  private final Set<String> met = new TreeSet<>();

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
  void requireSymbol(CommandSpec spec) {
    String wanted = wantedSymbol(spec);
    if (wanted != null) {
      StoredNames.ifReachable(spec, ConfigOptions.load(spec))
          .ifPresent(stored -> stored.require(spec, List.of(wanted), List.of(), met));
    }
  }

  boolean matches(CommandSpec spec, DeadLetterView letter) {
    DeadLetter dead = letter.dead();
    String wanted = wantedSymbol(spec);
    if (met.size() < MOST_MET) {
      met.add(letter.symbol());
    }
    return (reason == null || dead.reason().equals(reason))
        && (group == null || dead.group().equals(group) || dead.group().endsWith("-" + group))
        && (provider == null || dead.provider().equals(provider))
        && (wanted == null || letter.symbol().equals(wanted))
        && (shard == null || dead.shard() == shard);
  }

  /// Where a scan begins.
  Position first(CommandSpec spec) {
    wantedSymbol(spec);
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
