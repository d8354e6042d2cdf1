package dev.mdp.store.rows;

import dev.mdp.core.error.ConfigException;

/// Rows that a statement was given and did not store, without an error: a trigger, a rule or a row
/// security policy of the table keeps them out. To take them for stored would lose them, so nothing
/// is committed and nothing acknowledged.
public final class KeptOut {
  private KeptOut() {}

  /// Throws [ConfigException] when fewer rows were stored than given.
  public static void require(String table, long given, long stored) {
    if (stored < given) {
      throw of(table, given, stored);
    }
  }

  public static ConfigException of(String table, long given, long stored) {
    return new ConfigException(
        "%s took %d of %d rows and reported no error: a trigger, a rule or a row security policy of the table keeps the others out. Nothing was committed or acknowledged. See \\d %s in psql (pg_trigger, pg_rules, pg_policies), remove what does it or exempt this user, and start again"
            .formatted(table, Math.max(0, stored), given, table));
  }
}
