package dev.mdp.cli.letters;

import dev.mdp.cli.Mdp;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Symbol;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Which letters: every option that is given must fit.
final class LetterFilter {
  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Only this reason, e.g. malformed, future, sealed, wrong_shard.")
  @Nullable String reason;

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "Only letters of this consumer group; its last word is enough.")
  @Nullable String group;

  @Option(names = "--provider", paramLabel = "PROVIDER", description = "Only this provider.")
  @Nullable String provider;

  @Option(names = "--symbol", paramLabel = "SYMBOL", description = "Only this symbol.")
  @Nullable String symbol;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description = "Only letters this young, e.g. 1h.")
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

  boolean matches(CommandSpec spec, Letter letter) {
    DeadLetter dead = letter.dead();
    String wanted = wantedSymbol(spec);
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
            Math.max(0, Mdp.of(spec).host().clock().instant().minus(since).toEpochMilli()), 0);
  }

  private @Nullable String wantedSymbol(CommandSpec spec) {
    try {
      return symbol == null ? null : Symbol.of(symbol).value();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--symbol: " + e.getMessage(), e);
    }
  }
}
