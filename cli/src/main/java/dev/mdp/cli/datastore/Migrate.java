package dev.mdp.cli.datastore;

import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.store.PostgresStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `mdp datastore migrate`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp datastore migrate",
      "  mdp datastore migrate --check && echo up to date",
      "",
      "Exit codes: 0 done, 3 --check found pending migrations, 69 database unreachable,",
      "  78 bad configuration or the schema is newer than this program.",
      "Two at once are safe: one waits for the other.",
      "Configuration used: store."
    })
final class Migrate implements Callable<Integer>, ResultCommand {
  @Option(names = "--check", description = "Change nothing; exit 3 when migrations are pending.")
  boolean check;

  @Option(names = "--dry-run", description = "Change nothing; list what would be applied.")
  boolean dryRun;

  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.datastore.migrate/v1";
  }

  @Override
  public Integer call() {
    try (PostgresStore store = Access.anyStore(spec)) {
      List<String> pending = store.migrations().pending();
      int applied = check || dryRun ? 0 : store.migrations().migrate();
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("applied", applied);
      result.put("pending", check || dryRun ? pending : List.of());
      result.put("schema_version", store.migrations().status().schemaVersion());
      List<String> missing = store.migrations().missingRoles();
      result.put("missing_roles", missing);
      if (applied > 0 && !missing.isEmpty()) {
        reportMissing(missing);
      }
      output.printer(spec, schema()).object(result);
      return check && !pending.isEmpty() ? ExitCodes.FOUND : ExitCodes.OK;
    }
  }

  /// Without the roles everything works for the owner of the tables and for no one else.
  private void reportMissing(List<String> missing) {
    spec.commandLine()
        .getErr()
        .printf(
            "roles: this user may not create roles, so these roles are missing: %s.%n"
                + "       Until they exist, only the owner of the tables can use the tables.%n"
                + "       To have them, let a superuser run: %s%n"
                + "       then run mdp datastore migrate again%n",
            String.join(", ", missing),
            missing.stream()
                    .map(role -> "CREATE ROLE " + role + " NOLOGIN;")
                    .collect(Collectors.joining(" "))
                + (missing.contains("mdp_migrate") ? " GRANT mdp_owner TO mdp_migrate;" : ""));
  }
}
