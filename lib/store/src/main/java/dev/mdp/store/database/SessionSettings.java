package dev.mdp.store.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The server settings that every session of ours runs under, whatever `postgresql.conf`, `ALTER
/// DATABASE` or `ALTER ROLE` say: all that changes what a statement means, what it returns, or
/// whether it is ended early. They are set after the connection stands, in one round trip: a pooler
/// need not pass startup parameters on.
///
/// The schema is the one that the URL names (`currentSchema`, or `search_path` in `options`), and
/// else PostgreSQL's own default, so that every role finds the same tables.
final class SessionSettings {
  /// By the names that `pg_settings` has for them. A server that does not know one (an older
  /// version) is left without it.
  private static final Map<String, String> PINNED =
      Map.ofEntries(
          Map.entry("extra_float_digits", "3"), // every digit of a double
          Map.entry("DateStyle", "ISO, MDY"),
          Map.entry("IntervalStyle", "postgres"),
          Map.entry("TimeZone", "UTC"),
          Map.entry("bytea_output", "hex"),
          Map.entry("client_encoding", "UTF8"),
          Map.entry("standard_conforming_strings", "on"),
          Map.entry("array_nulls", "on"),
          Map.entry("transform_null_equals", "off"),
          Map.entry("gin_fuzzy_search_limit", "0"),
          Map.entry("restrict_nonsystem_relation_kind", ""),
          Map.entry("default_transaction_isolation", "read committed"),
          Map.entry("default_transaction_read_only", "off"),
          Map.entry("default_transaction_deferrable", "off"),
          Map.entry("session_replication_role", "origin"), // triggers fire
          Map.entry("row_security", "off"), // hidden rows are an error, never a short result
          Map.entry("exit_on_error", "off"),
          Map.entry("plan_cache_mode", "auto"),
          Map.entry("lock_timeout", "0"),
          Map.entry("statement_timeout", "0"),
          Map.entry("transaction_timeout", "0"),
          Map.entry("idle_session_timeout", "0"),
          Map.entry("idle_in_transaction_session_timeout", "0"));

  /// PostgreSQL's own.
  static final String DEFAULT_PATH = "\"$user\", public";

  /// The time limit first, since it applies to what follows; then the path, by names that no path
  /// can redirect. A role that does not wait for its commits loses acknowledged ones in a crash of
  /// the server; for a whole server that is its operator's choice.
  private static final String SET =
      """
      SET statement_timeout = 0;
      SELECT pg_catalog.set_config('search_path', coalesce(?::pg_catalog.text,
               CASE WHEN s.source OPERATOR(pg_catalog.=) 'client' THEN s.setting END, ?), false)
        FROM pg_catalog.pg_settings s WHERE s.name OPERATOR(pg_catalog.=) 'search_path';
      SELECT pg_catalog.set_config(s.name, w.value, false)
        FROM unnest(?::text[], ?::text[]) AS w (name, value)
        JOIN pg_catalog.pg_settings s ON s.name = w.name
       WHERE s.setting <> w.value
      UNION ALL
      SELECT pg_catalog.set_config(s.name, 'on', false)
        FROM pg_catalog.pg_settings s
       WHERE s.name = 'synchronous_commit' AND s.setting = 'off'
         AND s.source IN ('user', 'database', 'database user')
      """;

  private final @Nullable String schema;
  private final String[] names;
  private final String[] values;

  /// @param schema the path that the URL names, or null
  /// @param more settings of this session, in place of the pinned ones or besides them
  SessionSettings(@Nullable String schema, Map<String, String> more) {
    Map<String, String> all = with(more);
    this.schema = schema;
    this.names = all.keySet().toArray(String[]::new);
    this.values = all.values().toArray(String[]::new);
  }

  /// The pinned settings, with these in place of them or besides them.
  static SortedMap<String, String> with(Map<String, String> more) {
    SortedMap<String, String> all = new TreeMap<>(PINNED);
    all.putAll(more);
    return all;
  }

  void apply(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SET)) {
      statement.setString(1, schema);
      statement.setString(2, DEFAULT_PATH);
      statement.setArray(3, connection.createArrayOf("text", names));
      statement.setArray(4, connection.createArrayOf("text", values));
      statement.execute();
    }
  }
}
