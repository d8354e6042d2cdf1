package dev.mdp.store.database;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/// Where connections go: to the URL, which a pooler may answer, or, where their session must be
/// kept, to the direct one. Thread-safe.
final class Addresses {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(5);

  // text[], int8[], float8[], timestamptz[]: BinaryArray sends them in binary only.
  private static final String ARRAY_TYPES = "1009,1016,1022,1185";

  /// The driver's name for the schema that a URL chooses.
  private static final String SCHEMA = PGProperty.CURRENT_SCHEMA.getName();

  private static final String SHARED =
      "database %s is behind a pooler that runs each transaction in another session of the server: set"
          + " store.pooler: transaction, and store.direct_url to the server itself, or let the pooler keep"
          + " sessions (pool_mode = session)";

  private static final String SHARED_DIRECT =
      "store.direct_url (%s) leads to a pooler that runs each transaction in another session of the"
          + " server: it must name the server itself, or a pooler that keeps sessions (pool_mode ="
          + " session)";

  private final StoreSettings settings;
  private final DatabaseUrl direct;
  private final KeptSessions kept;
  private final KeptSessions directKept;

  Addresses(StoreSettings settings) {
    this.settings = settings;
    this.direct = settings.directUrl().orElse(settings.url());
    this.kept = new KeptSessions(SHARED.formatted(settings.url()));
    this.directKept =
        settings.directUrl().isPresent() ? new KeptSessions(SHARED_DIRECT.formatted(direct)) : kept;
  }

  /// Where a connection keeps its session, if anywhere.
  DatabaseUrl direct() {
    return direct;
  }

  /// What each transaction at the URL begins with; null where the session has it.
  @Nullable TransactionSettings perTransaction(Map<String, String> serverSettings) {
    return settings.sessionsAreShared()
        ? new TransactionSettings(settings.url().schema(), serverSettings)
        : null;
  }

  /// For the pool.
  DataSource pooled(Map<String, String> serverSettings) {
    return atUrl(driver(settings.url(), settings.sessionsAreShared()), serverSettings);
  }

  /// At the URL, without a limit of time.
  DataSource any(String name, Map<String, String> serverSettings) {
    Properties properties = driver(settings.url(), settings.sessionsAreShared());
    return atUrl(named(properties, name, Duration.ZERO), serverSettings);
  }

  /// Whose connections keep their sessions.
  DataSource kept(String name, Map<String, String> serverSettings, Duration answerLimit) {
    return new SessionSource(
        direct.jdbcUrl(),
        named(driver(direct, false), name, answerLimit),
        new SessionSettings(direct.schema(), serverSettings),
        directKept);
  }

  private DataSource atUrl(Properties properties, Map<String, String> serverSettings) {
    return new SessionSource(
        settings.url().jdbcUrl(),
        properties,
        new SessionSettings(settings.url().schema(), serverSettings),
        settings.sessionsAreShared() ? null : kept);
  }

  private Properties named(Properties properties, String name, Duration answerLimit) {
    properties.put("ApplicationName", settings.applicationName() + " " + name);
    properties.put("socketTimeout", Long.toString(answerLimit.toSeconds()));
    return properties;
  }

  private Properties driver(DatabaseUrl url, boolean shared) {
    Properties properties = new Properties();
    properties.put("connectTimeout", Long.toString(CONNECT_LIMIT.toSeconds()));
    properties.put("loginTimeout", Long.toString(2 * CONNECT_LIMIT.toSeconds()));
    properties.put("socketTimeout", Long.toString(ANSWER_LIMIT.toSeconds()));
    properties.put("tcpKeepAlive", "true");
    properties.put("ApplicationName", settings.applicationName());
    properties.put("prepareThreshold", "1");
    properties.putAll(url.properties());
    properties.remove(SCHEMA); // set after the connection stands
    if (shared) {
      properties.put("prepareThreshold", "0"); // a prepared statement is a session's
    }
    properties.remove("binaryTransferDisable");
    properties.put("binaryTransfer", "true");
    properties.put("binaryTransferEnable", ARRAY_TYPES);
    return properties;
  }
}
