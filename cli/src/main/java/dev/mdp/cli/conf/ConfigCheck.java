package dev.mdp.cli.conf;

import dev.mdp.cli.output.Column;
import dev.mdp.cli.output.OutputFormat;
import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.config.LoadedConfig;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.Problem;
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
      "  mdp config check --output json | jq '.data[] | {file, line, column, key, message}'",
      "",
      "Exit codes: 0 all is well, 65 a rule is wrong or a dataset's file is not there,",
      "  69 a server does not respond, 78 the configuration or calendar.yaml is wrong, or a venue",
      "  does not have a symbol of its producer.",
      "Reads every key, inference.adapters.rules.file and calendar.yaml beside the configuration, looks for the files of datasets; tries bus.redis.uri (or bus.kafka.bootstrap_servers), store.url and store.direct_url, and asks the venues of configured producers for their symbols; one that cannot be asked is a note."
    })
final class ConfigCheck implements Callable<Integer>, ResultCommand {
  private static final List<Column<Problem>> COLUMNS =
      List.of(
          Column.text("file", problem -> problem.file().isEmpty() ? null : problem.file()),
          Column.number("line", problem -> problem.line() == 0 ? null : problem.line()),
          Column.number("column", problem -> problem.line() == 0 ? null : problem.column()),
          Column.text("key", problem -> problem.key().isEmpty() ? null : problem.key()),
          Column.text("message", Problem::message));

  @Option(names = "--no-connect", description = "Do not try the bus, the database and the venues.")
  boolean noConnect;

  @Option(
      names = "--allow-missing-env",
      description = "A variable that is not set is not an error: its key keeps its default.")
  boolean allowMissingEnv;

  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  private final ServerProbe probe;
  private final SymbolProbe symbols;
  private NamedFilesCheck files = NamedFilesCheck.NONE;

  ConfigCheck(ServerProbe probe, SymbolProbe symbols) {
    this.probe = probe;
    this.symbols = symbols;
  }

  @Override
  public String schema() {
    return "mdp.config.check/v1";
  }

  @Override
  public Object dataOf(Exception failure) {
    return failure instanceof MdpException e
        ? e.problems().stream().map(ConfigCheck::object).toList()
        : List.of();
  }

  @Override
  public Integer call() {
    try {
      LoadedConfig loaded =
          ConfigOptions.load(
              spec,
              List.of(),
              allowMissingEnv,
              (config, sound) -> files = NamedFilesCheck.of(spec, config, sound));
      if (!noConnect) {
        probe.check(loaded.config());
        symbols.check(loaded).forEach(note -> spec.commandLine().getErr().println("note: " + note));
      }
      tell(loaded);
      return ExitCodes.OK;
    } catch (MdpException e) {
      // The envelope of a failure is printed where all failures are.
      if (output.format() == OutputFormat.JSONL || output.format() == OutputFormat.CSV) {
        output.printer(spec, schema()).print(COLUMNS, e.problems());
      }
      throw e;
    }
  }

  private void tell(LoadedConfig loaded) {
    if (!output.isTable()) {
      output.printer(spec, schema()).print(COLUMNS, List.of());
      spec.commandLine()
          .getErr()
          .println("source " + loaded.source() + "  fingerprint " + loaded.fingerprint());
      return;
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("source", loaded.source());
    result.put("fingerprint", loaded.fingerprint());
    result.put("rules", files.rules());
    result.put("datasets", files.datasets());
    result.put("calendars", files.calendars());
    result.put("servers", noConnect ? "not tried" : "answer");
    result.put("result", "ok");
    output.printer(spec, schema()).object(result);
  }

  private static Map<String, @Nullable Object> object(Problem problem) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    COLUMNS.forEach(column -> object.put(column.name(), column.value().apply(problem)));
    return object;
  }
}
