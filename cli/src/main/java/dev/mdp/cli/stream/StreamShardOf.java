package dev.mdp.cli.stream;

import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.config.BusConfig;
import dev.mdp.core.bus.Shards;
import dev.mdp.core.event.Names;
import dev.mdp.core.event.Symbol;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mdp stream shard-of`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp stream shard-of ibkr_primary SPY",
      "  mdp stream shard-of binance BTCUSDT --set bus.redis.shards=8 --output json",
      "",
      "Exit codes: 0 done, 2 bad provider or symbol, 78 bad configuration.",
      "Configuration used: bus. Needs no server."
    })
final class StreamShardOf implements Callable<Integer>, ResultCommand {
  @Parameters(index = "0", paramLabel = "PROVIDER", description = "The provider's name.")
  String provider = "";

  @Parameters(index = "1", paramLabel = "SYMBOL", description = "The symbol, in any case.")
  String symbol = "";

  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.stream.shard_of/v1";
  }

  @Override
  public Integer call() {
    BusConfig bus = ConfigOptions.load(spec).config().bus();
    try {
      Names.require("provider", provider);
      Symbol canonical = Symbol.of(symbol);
      int shard = Shards.of(provider, canonical.value(), bus.shards());
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("provider", provider);
      result.put("symbol", canonical.value());
      result.put("shards", bus.shards());
      result.put("shard", shard);
      result.put("stream", bus.log(shard));
      output.printer(spec, schema()).object(result);
      return ExitCodes.OK;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
