package dev.mdp.cli.datastore;

import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.schema.SchemaStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `mdp datastore status`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp datastore status",
      "  mdp datastore status --output json | jq .data.pending",
      "",
      "Exit codes: 0 up to date, 3 migrations are pending, 69 database unreachable,",
      "  78 bad configuration.",
      "Configuration used: store."
    })
final class Status implements Callable<Integer>, ResultCommand {
  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.datastore.status/v1";
  }

  @Override
  public Integer call() {
    try (PostgresStore store = Access.anyStore(spec)) {
      SchemaStatus status = store.migrations().status();
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("server", status.serverVersion());
      result.put("schema_version", status.schemaVersion());
      result.put("program_version", status.programVersion());
      result.put("pending", status.pending());
      result.put(
          "timescale",
          status.timescale().isInstalled()
              ? status.timescale().extension() + " (" + status.timescale().license() + ")"
              : "not installed");
      result.put("timescale_steps", status.timescale().steps());
      result.put("roles", status.roles());
      for (SchemaStatus.TableStatus table : status.tables()) {
        result.put(
            table.name(),
            output.isTable()
                ? sizes(table)
                : Map.of("approximate_rows", table.approximateRows(), "bytes", table.bytes()));
      }
      output.printer(spec, schema()).object(result);
      return status.pending().isEmpty() ? ExitCodes.OK : ExitCodes.FOUND;
    }
  }

  private static String sizes(SchemaStatus.TableStatus table) {
    String rows =
        table.approximateRows() < 0 ? "rows unknown" : "about " + table.approximateRows() + " rows";
    return rows + ", " + table.bytes() / 1024 + " KiB";
  }
}
