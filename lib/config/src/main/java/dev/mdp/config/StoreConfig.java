package dev.mdp.config;

import dev.mdp.config.read.Scalars;
import dev.mdp.config.read.Section;
import java.util.List;

/// `store`: the PostgreSQL database.
///
/// @param url `postgresql://`, `postgres://` or `jdbc:postgresql://`
/// @param poolMax how many connections one process opens at most
public record StoreConfig(Secret url, int poolMax) {
  private static final List<String> SCHEMES =
      List.of("postgresql://", "postgres://", "jdbc:postgresql:");

  static StoreConfig read(Section section) {
    section.retired("dsn", "the address is 'url'").retired("uri", "the address is 'url'");
    Scalars values = section.scalars();
    return new StoreConfig(
        values.url(
            "url",
            "postgresql://localhost:5432/market_data",
            "DATABASE_URL",
            StoreConfig::checkUrl),
        values.integer("pool_max", 10, 1, 1_000));
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
