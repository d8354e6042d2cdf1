package dev.mdp.store.database;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the database is and how it is used.
///
/// @param url as other tools write it (`postgresql://…`) or for JDBC
/// @param poolMax connections at most, besides one per shard that is owned
/// @param applicationName shown in `pg_stat_activity`
/// @param sessionsAreShared whether behind the URL each transaction may run in another session
/// @param directUrl the same database, where a connection keeps its session
public record StoreSettings(
    DatabaseUrl url,
    int poolMax,
    String applicationName,
    boolean sessionsAreShared,
    Optional<DatabaseUrl> directUrl) {
  public StoreSettings {
    if (poolMax < 1) {
      throw new IllegalArgumentException("a pool of " + poolMax);
    }
  }

  /// Without a pooler, or with one that keeps sessions.
  public StoreSettings(DatabaseUrl url, int poolMax, String applicationName) {
    this(url, poolMax, applicationName, false, Optional.empty());
  }

  /// Reads the password and user from the environment where the URL has none.
  public static StoreSettings of(String url, int poolMax, String applicationName) {
    return new StoreSettings(DatabaseUrl.parse(url, System.getenv()), poolMax, applicationName);
  }

  /// These settings, behind a pooler.
  ///
  /// @param shared whether it runs each transaction in another session
  /// @param direct the same database without it
  public StoreSettings behindPooler(boolean shared, @Nullable String direct) {
    Map<String, String> environment = System.getenv();
    return new StoreSettings(
        url,
        poolMax,
        applicationName,
        shared,
        Optional.ofNullable(direct)
            .map(each -> DatabaseUrl.parse("store.direct_url", each, environment)));
  }
}
