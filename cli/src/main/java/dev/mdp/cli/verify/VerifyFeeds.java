package dev.mdp.cli.verify;

import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.cli.shell.StoredNames;
import dev.mdp.config.LoadedConfig;
import dev.mdp.core.calendar.TradingCalendar;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedAudit;
import dev.mdp.core.feed.FeedStatus;
import dev.mdp.ops.feed.FeedVerification;
import dev.mdp.runtime.local.UpDatabase;
import dev.mdp.store.PostgresStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `mdp verify feeds`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp verify feeds --from 1d",
      "  mdp verify feeds --provider kraken --symbol BTC/USD --from 2026-11-27 --to 2026-11-28 -o json",
      "",
      "Of each series every id is stored or has a word for why it is not, and every second has a word",
      "for why it has a trade or none; dist/docs/feeds.md explains them.",
      "Exit codes: 0 nothing is missing that is not explained, 2 bad range or name, 3 ids are open,",
      "  unexplained, filled but not stored, unverified or stored twice, 69 database unreachable,",
      "  78 bad configuration or not migrated.",
      "Configuration used: store; a replica and a read-only user are enough."
    })
final class VerifyFeeds implements Callable<Integer>, ResultCommand {
  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "2s",
      description =
          "How long to wait for trades that are on their way into the table (default: 2s).")
  Duration wait = Duration.ofSeconds(2);

  @Option(
      names = "--pending-ok",
      paramLabel = "DURATION",
      defaultValue = "10m",
      description =
          "How long trades may be on their way; after that, and where no worker stores them, they are"
              + " unverified, a finding (default: 10m).")
  Duration pendingOk = Duration.ofMinutes(10);

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Name at most N ranges of missing ids; all are counted (default: 1000; 0: all).")
  int limit = 1000;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = ".mdp",
      description =
          "Where mdp up keeps its database, for when no other is configured (default: .mdp).")
  Path dataDir = Path.of(".mdp");

  @Mixin FeedScopeOptions scope;
  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.verify.feeds/v1";
  }

  @Override
  public Integer call() {
    if (limit < 0) {
      throw new ParameterException(
          spec.commandLine(), "--limit must not be negative, was " + limit);
    }
    FeedAudit.Scope wanted = scope.resolve(spec);
    Optional<TradingCalendar> sessions = scope.sessions(spec);
    RootCommand root = RootCommand.of(spec);
    LoadedConfig named = ConfigOptions.loadBeside(spec, dataDir.toString());
    try (UpDatabase up = UpDatabase.open(named, root.host().directory().resolve(dataDir))) {
      LoadedConfig loaded =
          up.flags().isEmpty() ? named : ConfigOptions.loadAlone(spec, up.flags());
      try (PostgresStore store = Access.store(spec, loaded)) {
        requireNames(store, wanted);
        return verify(store, wanted, sessions);
      }
    }
  }

  /// Throws [ParameterException] (exit 2) for names that no feed has.
  private void requireNames(PostgresStore store, FeedAudit.Scope wanted) {
    if (wanted.provider().isEmpty() && wanted.symbols().isEmpty()) {
      return;
    }
    FeedStatus.Now now = store.feedStatus().now(Optional.empty(), Optional.empty());
    new StoredNames(
            now.series().stream().map(each -> each.symbol().value()).collect(Collectors.toSet()),
            now.series().stream().map(FeedStatus.Series::provider).collect(Collectors.toSet()))
        .require(
            spec,
            wanted.symbols().stream().map(Symbol::value).toList(),
            wanted.provider().stream().toList(),
            List.of());
  }

  private int verify(
      PostgresStore store, FeedAudit.Scope wanted, Optional<TradingCalendar> sessions) {
    FeedsReport report = new FeedsReport(spec, output, schema(), limit);
    try (FeedAudit.Look look = store.feedAudit().begin(wanted, pendingOk, wait)) {
      new FeedVerification(look, sessions, report::missing).run(report::proof);
    }
    return report.end() ? ExitCodes.FOUND : ExitCodes.OK;
  }
}
