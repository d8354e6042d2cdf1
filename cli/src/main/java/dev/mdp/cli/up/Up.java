package dev.mdp.cli.up;

import dev.mdp.cli.run.RunOptions;
import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.cli.shell.SymbolsOption;
import dev.mdp.config.LoadedConfig;
import dev.mdp.runtime.local.DataFolder;
import dev.mdp.runtime.local.Servers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `mdp up`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp up",
      "  mdp up --for 30s --data-dir /tmp/mdp-demo",
      "  mdp up --bus kafka",
      "  mdp up --provider coinbase --symbols BTC-USD,ETH-USD",
      "",
      "Servers named by REDIS_URI or KAFKA_BOOTSTRAP, DATABASE_URL, --set or the file are used; for the",
      "others, up starts its own and stops them when it ends. An embedded Kafka broker needs its jars:",
      "mvn -q -pl lib/kafka-broker package, or MDP_KAFKA_LIB=FOLDER.",
      "Embedded PostgreSQL and Redis require passwords; DIR/env (mode 0600) holds the addresses and",
      "passwords while up runs, and other mdp commands started in this folder read .mdp/env.",
      "Closing the terminal (SIGHUP) shuts down cleanly, like SIGTERM. If the metrics port is taken,",
      "another is used.",
      "Exit codes: 0 ended or drained, 1 the drain timed out or a ledger does not add up,",
      "  2 no such provider or symbol, 65 bad dataset, 69 a server is unreachable,",
      "  75 another mdp up uses this data folder, 78 bad configuration.",
      "Configuration used: all sections."
    })
public final class Up implements Callable<Integer> {
  @Option(
      names = "--provider",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "synthetic",
      description =
          "synthetic, dataset, coinbase, kraken, binance, binance_agg, or a name under producers:;"
              + " several separated by commas (default: synthetic).")
  List<String> providers = new ArrayList<>();

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "What to send with --provider dataset.")
  @Nullable String dataset;

  @Option(names = "--bus", paramLabel = "TYPE", description = "redis or kafka (default: bus.type).")
  @Nullable String bus;

  @Option(
      names = "--symbols",
      paramLabel = "SYMBOL",
      split = ",",
      description = "Symbols to use instead of the configured ones, e.g. BTC-USD,ETH-USD.")
  List<String> symbols = new ArrayList<>();

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = DataFolder.DEFAULT,
      description = "Where the embedded servers keep their data (default: .mdp).")
  Path dataDir = Path.of(DataFolder.DEFAULT);

  @Option(
      names = "--drop-intervals",
      description =
          "Continue even if the stored data has bars of intervals no longer configured; those are not"
              + " built any more.")
  boolean dropIntervals;

  @Mixin RunOptions run;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    if (dataset != null && !symbols.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--symbols: a dataset's symbols are in its configuration");
    }
    List<String> flags = new ArrayList<>(bus == null ? List.of() : List.of("bus.type=" + bus));
    LoadedConfig named = ConfigOptions.loadAlone(spec, flags);
    UpFeed feed = new UpFeed(providers, dataset, SymbolsOption.parse(symbols, spec));
    feed.check(named, spec);
    Path folder = RootCommand.of(spec).host().directory().resolve(dataDir);
    try (Servers servers =
        Servers.start(
            named, new DataFolder(folder, dataDir), RootCommand.of(spec).host().environment())) {
      flags.addAll(servers.flags());
      LoadedConfig loaded = ConfigOptions.loadAlone(spec, flags);
      List<String> lines = servers.lines();
      boolean drained =
          new Pipeline(spec, loaded, run, feed, lines, dropIntervals, next(servers)).run();
      return drained ? ExitCodes.OK : ExitCodes.FAILURE;
    }
  }

  /// Commands that work when this one has ended, and the embedded servers with it.
  private String next(Servers servers) {
    String folder = dataDir.equals(Path.of(DataFolder.DEFAULT)) ? "" : " --data-dir " + dataDir;
    String type = bus == null ? "" : " --bus " + bus;
    return servers.flags().isEmpty()
        ? "./mdp verify bars --from 1m     ./mdp stream tail     ./mdp up --help"
        : "./mdp verify bars --from 1m%s     ./mdp up%s%s (continues with the same data)     ./mdp up --help"
            .formatted(folder, type, folder);
  }
}
