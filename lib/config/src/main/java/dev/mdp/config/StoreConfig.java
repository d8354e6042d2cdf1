package dev.mdp.config;

import dev.mdp.config.read.Scalars;
import dev.mdp.config.read.Secret;
import dev.mdp.config.read.SecretScalars;
import dev.mdp.config.read.Section;
import java.util.List;
import java.util.Optional;

/// `store`: the PostgreSQL database.
///
/// @param url `postgresql://`, `postgres://` or `jdbc:postgresql://`
/// @param poolMax how many connections one process opens at most
/// @param pooler what a connection to the URL keeps
/// @param directUrl the same database without a pooler, for sessions that must be kept
public record StoreConfig(Secret url, int poolMax, Pooler pooler, Optional<Secret> directUrl) {
  /// What is behind the URL.
  public enum Pooler {
    /// A connection has one session of the server to itself: the server, or a pooler that keeps
    /// sessions.
    SESSION,
    /// Each transaction may run in another session.
    TRANSACTION
  }

  private static final List<String> SCHEMES =
      List.of("postgresql://", "postgres://", "jdbc:postgresql:");

  static StoreConfig read(Section section) {
    section.retired("dsn", "the address is 'url'").retired("uri", "the address is 'url'");
    Scalars values = section.scalars();
    SecretScalars secrets = section.secrets();
    return new StoreConfig(
        secrets.url(
            "url",
            "postgresql://localhost:5432/market_data",
            "DATABASE_URL",
            StoreConfig::checkUrl),
        values.integer("pool_max", 10, 1, 1_000),
        values.choice("pooler", Pooler.SESSION),
        secrets.optionalUrl("direct_url", StoreConfig::checkUrl));
  }

  private static String checkUrl(String url) {
    if (SCHEMES.stream().noneMatch(url::startsWith)) {
      throw new IllegalArgumentException(
          "must begin with postgresql://, postgres:// or jdbc:postgresql:,"
              + " e.g. postgresql://localhost:5432/market_data");
    }
    return url;
  }
}
