package dev.mdp.cli.conf;

import dev.mdp.cli.output.Column;
import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.config.LoadedConfig;
import dev.mdp.config.read.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `mdp config show`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp config show --origin",
      "  mdp config show --set micro_batch.windows=2s,1m --output json",
      "",
      "Exit codes: 0 done, 78 bad configuration.",
      "Configuration used: every key, connects to nothing."
    })
final class ConfigShow implements Callable<Integer>, ResultCommand {
  @Option(names = "--origin", description = "Show where each value comes from.")
  boolean origin;

  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.config.show/v1";
  }

  @Override
  public Integer call() {
    LoadedConfig loaded = ConfigOptions.load(spec);
    List<Column<Setting>> columns = new ArrayList<>();
    columns.add(Column.text("key", Setting::path));
    columns.add(Column.text("value", Setting::value));
    if (origin) {
      columns.add(Column.text("origin", Setting::origin));
    }
    output.printer(spec, schema()).print(columns, loaded.settings());
    spec.commandLine()
        .getErr()
        .println("source " + loaded.source() + "  fingerprint " + loaded.fingerprint());
    return ExitCodes.OK;
  }
}
