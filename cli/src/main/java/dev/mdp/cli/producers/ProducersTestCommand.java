package dev.mdp.cli.producers;

import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ProviderNames;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.cli.shell.SymbolsOption;
import dev.mdp.config.LoadedConfig;
import dev.mdp.config.VenueConfig;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.event.Symbol;
import dev.mdp.runtime.FeedProbe;
import dev.mdp.runtime.ProbedStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mdp producers test`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp producers test coinbase",
      "  mdp producers test kraken --symbol ETH/USD --for 60s --output json | jq .data.trades",
      "",
      "Connects, subscribes one symbol, shows ten trades, the venue's clock against this machine's",
      "(clock_ahead_ms) and whether its history can be asked. Publishes nothing and needs no bus.",
      "Without the database the venue gets one connection and no request, as there is no budget to",
      "share: the symbol is not looked up and the history not asked.",
      "Exit codes: 0 it works, also when no trade came of a symbol that the venue confirmed,",
      "  2 not a venue's producer, or --symbol unknown to the venue, 69 the venue cannot be reached or",
      "  wants to be left alone, 78 a person has to act: country, key, certificate, proxy, clock, or a",
      "  configured symbol that the venue does not have.",
      "Configuration used: producers, store and micro_batch.max_future_ms."
    })
final class ProducersTestCommand implements Callable<Integer>, ResultCommand {
  @Parameters(paramLabel = "PRODUCER", description = "A name under producers:, or a venue's.")
  String name = "";

  @Option(
      names = "--symbol",
      paramLabel = "SYMBOL",
      description = "What to subscribe (default: the first configured one).")
  @Nullable String symbol;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "20s",
      description = "How long to wait for trades (default: 20s).")
  Duration time = Duration.ofSeconds(20);

  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  private @Nullable ProbeReport report;

  @Override
  public String schema() {
    return "mdp.producers.test/v1";
  }

  @Override
  public @Nullable Object dataOf(Exception failure) {
    return report == null ? null : report.data();
  }

  @Override
  public Integer call() {
    LoadedConfig loaded = ConfigOptions.load(spec);
    ProviderNames.require("PRODUCER", name, loaded.config().producers(), spec);
    if (!(loaded.config().producers().of(name) instanceof VenueConfig venue)) {
      throw new ParameterException(
          spec.commandLine(), "PRODUCER: " + name + " has no venue to connect to");
    }
    ProbeReport found = new ProbeReport(venue);
    report = found;
    try (FeedProbe probe =
        FeedProbe.open(loaded.config(), venue, RootCommand.of(spec).host().clock())) {
      Symbol wanted =
          symbol == null ? probe.symbol() : SymbolsOption.parse("--symbol", symbol, spec);
      found.symbol(wanted);
      requireListed(probe, wanted, found);
      ProbedStream stream = probe.stream(wanted, time);
      found.stream(stream, time);
      MdpException wrong = wrong(probe, stream, wanted, loaded, found);
      if (wrong != null) {
        if (output.isTable()) { // elsewhere it is in the error's envelope
          found.print(output.printer(spec, schema()), true);
        }
        throw wrong;
      }
      found.print(output.printer(spec, schema()), output.isTable());
      return ExitCodes.OK;
    }
  }

  private void requireListed(FeedProbe probe, Symbol wanted, ProbeReport found) {
    if (!probe.withoutBudget().isEmpty()) {
      spec.commandLine().getErr().println("note: without the database: " + probe.withoutBudget());
      return;
    }
    List<String> unknown;
    try {
      var check = probe.listed().orElseThrow();
      unknown = check.unknown(List.of(wanted));
      List<String> idle = check.idle(List.of(wanted));
      found.listed(idle.isEmpty() ? "yes" : idle.getFirst());
    } catch (MdpException e) {
      found.listed("not known: " + e.getMessage());
      return;
    }
    if (!unknown.isEmpty() && symbol != null) {
      throw new ParameterException(spec.commandLine(), "--symbol: " + unknown.getFirst());
    }
    if (!unknown.isEmpty()) {
      throw new ConfigException("producers." + name + ".symbols: " + unknown.getFirst());
    }
  }

  /// The first thing that is wrong; null when all is well.
  private @Nullable MdpException wrong(
      FeedProbe probe, ProbedStream stream, Symbol wanted, LoadedConfig loaded, ProbeReport found) {
    if (stream.failure().isPresent()) {
      return stream.failure().get();
    }
    try {
      stream.requireClock(loaded.config().microBatch().maxFuture());
      found.history(probe.history(wanted));
      return null;
    } catch (MdpException e) {
      return e;
    }
  }
}
