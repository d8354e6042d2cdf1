package dev.mdp.store;

import dev.mdp.core.error.ConfigException;
import dev.mdp.store.database.DatabaseUrl;

/// Where the database is and how it is used.
///
/// @param url as other tools write it (`postgresql://…`) or for JDBC
/// @param poolMax connections at most, besides one per shard that is owned
/// @param applicationName shown in `pg_stat_activity`
public record StoreSettings(DatabaseUrl url, int poolMax, String applicationName) {
  public StoreSettings {
    if (poolMax < 1 || poolMax > 1_000) {
      throw new ConfigException("store.pool_max: must be from 1 to 1000, was " + poolMax);
    }
  }

  /// Reads the password and user from the environment where the URL has none.
  public static StoreSettings of(String url, int poolMax, String applicationName) {
    return new StoreSettings(DatabaseUrl.parse(url, System.getenv()), poolMax, applicationName);
  }
}
