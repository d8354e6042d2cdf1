package dev.mdp.cli.conf;

import dev.mdp.cli.ConfigOptions;
import dev.mdp.cli.ExitCodes;
import dev.mdp.cli.OutputOptions;
import dev.mdp.cli.ResultCommand;
import dev.mdp.config.LoadedConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `mdp config check`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp config check --no-connect",
      "  mdp config check --config configs/streaming.yaml --no-connect --allow-missing-env",
      "",
      "Exit codes: 0 all is well, 65 a rule is wrong, 69 a server does not answer,",
      "  78 the configuration is wrong.",
      "Reads every key and inference.adapters.rules.file; tries bus.redis.uri (or bus.kafka.bootstrap_servers) and store.url."
    })
final class ConfigCheck implements Callable<Integer>, ResultCommand {
  @Option(names = "--no-connect", description = "Do not try the bus and the database.")
  boolean noConnect;

  @Option(
      names = "--allow-missing-env",
      description = "A variable that is not set is no problem: its key keeps the default.")
  boolean allowMissingEnv;

  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  private final ServerProbe probe;
  private String rules = "";

  ConfigCheck(ServerProbe probe) {
    this.probe = probe;
  }

  @Override
  public String schema() {
    return "mdp.config.check/v1";
  }

  @Override
  public Integer call() {
    LoadedConfig loaded = ConfigOptions.load(spec, List.of(), allowMissingEnv, this::checkRules);
    if (!noConnect) {
      probe.check(loaded.config());
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("source", loaded.source());
    result.put("fingerprint", loaded.fingerprint());
    result.put("rules", rules);
    result.put("servers", noConnect ? "not tried" : "answer");
    result.put("result", "ok");
    output.printer(spec, schema()).object(result);
    return ExitCodes.OK;
  }

  private void checkRules(LoadedConfig loaded, boolean sound) {
    rules = ConfiguredRules.check(spec, loaded, sound);
  }
}
