package dev.mdp.cli.shell;

import dev.mdp.cli.output.OutputFormat;
import dev.mdp.cli.output.ResultPrinter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// `--output`, for commands that print results.
public final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, json, jsonl or csv (default: table).")
  OutputFormat format = OutputFormat.TABLE;

  public boolean isTable() {
    return format == OutputFormat.TABLE;
  }

  public OutputFormat format() {
    return format;
  }

  /// The printer of this command's results.
  public ResultPrinter printer(CommandSpec spec, String schema) {
    RootCommand root = RootCommand.of(spec);
    int width = format == OutputFormat.TABLE ? Terminal.width(root.host()) : 0;
    return new ResultPrinter(spec.commandLine().getOut(), format, schema, root.zone(), width);
  }
}
