package dev.mdp.store.schema;

import java.util.List;

/// What `mdp datastore status` tells.
///
/// @param serverVersion for example `18.6`
/// @param schemaVersion the newest migration that was applied, 0 for none
/// @param programVersion the newest migration this program knows
/// @param pending descriptions of the migrations still to apply
/// @param roles those of our roles that exist
public record SchemaStatus(
    String serverVersion,
    int schemaVersion,
    int programVersion,
    List<String> pending,
    Timescale timescale,
    List<String> roles,
    List<TableStatus> tables) {
  public SchemaStatus {
    pending = List.copyOf(pending);
    roles = List.copyOf(roles);
    tables = List.copyOf(tables);
  }

  /// @param extension the extension's version, or empty when it is not installed in this database
  /// @param license `apache` or `timescale`, or empty
  /// @param steps what was applied or left out, and why
  public record Timescale(String extension, String license, List<String> steps) {
    public Timescale {
      steps = List.copyOf(steps);
    }

    public boolean isInstalled() {
      return !extension.isEmpty();
    }
  }

  /// @param approximateRows by the server's statistics; -1 when it has none yet
  /// @param bytes with indexes
  public record TableStatus(String name, long approximateRows, long bytes) {}
}
