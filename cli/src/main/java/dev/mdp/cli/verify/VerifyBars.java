package dev.mdp.cli.verify;

import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.cli.shell.StoredNames;
import dev.mdp.config.LoadedConfig;
import dev.mdp.core.audit.AuditScope;
import dev.mdp.core.event.Symbol;
import dev.mdp.ops.audit.RepairRun;
import dev.mdp.ops.audit.Verification;
import dev.mdp.runtime.BuildVersion;
import dev.mdp.runtime.local.UpDatabase;
import dev.mdp.store.PostgresStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `mdp verify bars`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp verify bars --from 2h",
      "  mdp verify bars --from 2025-10-24 --to 2025-10-25 --symbol SPY --output json",
      "  mdp verify bars --from 2025-10-24 --repair",
      "",
      "twice: a venue's trade is stored under two times; --repair --allow-shrink moves the later copy",
      "to tick_corrections and writes the bars again (roles mdp_writer and mdp_cleaner).",
      "Exit codes: 0 every bar is what its ticks give, or was repaired; 2 bad range,",
      "  3 a bar differs or cannot be verified, or a trade is stored twice, 69 database unreachable,",
      "  78 bad configuration or not migrated.",
      "Configuration used: store; a replica and a read-only user are enough, except for --repair",
      "and --build."
    })
final class VerifyBars implements Callable<Integer>, ResultCommand {
  private static final Duration TICKS_WAIT = Duration.ofSeconds(2);

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description =
          "How long to wait for windows that are not sealed yet and for ticks on their way, e.g. 60s"
              + " (default: 2s, for the ticks alone).")
  @Nullable Duration wait;

  @Option(
      names = "--pending-ok",
      paramLabel = "DURATION",
      defaultValue = "10m",
      description =
          "How long a window may stay pending; beyond that, one that differs is a finding"
              + " (unverified), as is any whose ticks no worker stores (default: 10m).")
  Duration pendingOk = Duration.ofMinutes(10);

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Print at most N findings; all are counted (default: 1000; 0: all).")
  int limit = 1000;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = ".mdp",
      description =
          "Where mdp up keeps its database, if no database is configured (default: .mdp).")
  Path dataDir = Path.of(".mdp");

  @Mixin ScopeOptions scope;
  @Mixin WriteOptions write;
  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.verify.bars/v1";
  }

  @Override
  public Integer call() throws InterruptedException {
    if (limit < 0) {
      throw new ParameterException(
          spec.commandLine(), "--limit must not be negative, was " + limit);
    }
    AuditScope wanted = scope.resolve(spec);
    Verification.Writes writes = write.writes(spec, wanted);
    RootCommand root = RootCommand.of(spec);
    LoadedConfig named = ConfigOptions.loadBeside(spec, dataDir.toString());
    try (UpDatabase up = UpDatabase.open(named, root.host().directory().resolve(dataDir))) {
      LoadedConfig loaded =
          up.flags().isEmpty() ? named : ConfigOptions.loadAlone(spec, up.flags());
      try (PostgresStore store = Access.store(spec, loaded)) {
        if (wait != null) {
          spec.commandLine()
              .getErr()
              .println("waiting at most " + wait.toSeconds() + " s for workers");
          spec.commandLine().getErr().flush();
        }
        store.audit().await(wanted, wait != null, wait == null ? TICKS_WAIT : wait);
        StoredNames.of(store)
            .require(
                spec,
                wanted.symbols().stream().map(Symbol::value).toList(),
                wanted.provider().stream().toList(),
                List.of());
        return verify(store, wanted, writes, loaded.fingerprint());
      }
    }
  }

  private int verify(
      PostgresStore store, AuditScope wanted, Verification.Writes writes, String fingerprint) {
    RootCommand root = RootCommand.of(spec);
    BarHoles holes = new BarHoles(store.feedReader(), wanted);
    VerifyReport report = new VerifyReport(spec, output, schema(), limit, holes);
    AuditProgress progress =
        new AuditProgress(
            spec.commandLine().getErr(), root.host().stderrTerminal(), root.host().clock());
    Verification verification =
        new Verification(store.audit(), store.twice(), wanted, pendingOk, writes);
    Verification.Result result =
        writes.any()
            ? new RepairRun(store.jobRuns(), wanted, fingerprint, BuildVersion.text())
                .run(run -> verification.run(run, report, progress), verification::written)
            : verification.run(0, report, progress);
    report.end(result, writes, progress.seconds(), scope.words(wanted));
    return result.isClean() ? ExitCodes.OK : ExitCodes.FOUND;
  }
}
