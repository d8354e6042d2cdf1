package dev.mdp.store.database;

import dev.mdp.core.error.ConfigException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/// A database's address as `postgres://`, `postgresql://` or `jdbc:postgresql:` URLs give it. The
/// password is only in the properties, never in a message.
///
/// @param hosts `host:port`, one or more separated by commas
/// @param properties of the driver, the password among them
public record DatabaseUrl(
    String hosts, String database, String user, SortedMap<String, String> properties) {
  private static final String DEFAULT_PORT = "5432";

  private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._-]+|\\[[\\p{Alnum}:.%_-]+]");

  /// The driver's parser logs what it does not understand, parts of passwords too.
  private static final Logger DRIVER_LOG = Logger.getLogger("org.postgresql");

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}");
  private static final String REQUIRE_AUTH = PGProperty.REQUIRE_AUTH.getName();
  private static final String SCHEMA = PGProperty.CURRENT_SCHEMA.getName();
  private static final String OPTIONS = PGProperty.OPTIONS.getName();
  private static final Map<String, String> LIBPQ_NAMES =
      Map.of(
          "application_name", "ApplicationName",
          "connect_timeout", "connectTimeout",
          "channel_binding", "channelBinding",
          "gssencmode", "gssEncMode",
          "target_session_attrs", "targetServerType");
  private static final Map<String, String> TARGETS =
      Map.of(
          "read-write", "primary", "read-only", "secondary", "prefer-standby", "preferSecondary");

  public DatabaseUrl {
    properties = new TreeMap<>(properties);
  }

  /// Throws [ConfigException] that says what is wrong and never repeats the URL.
  public static DatabaseUrl parse(String url, Map<String, String> environment) {
    return parse("store.url", url, environment);
  }

  /// @param key of the configuration, for messages
  public static DatabaseUrl parse(String key, String url, Map<String, String> environment) {
    try {
      return parseAny(url, environment);
    } catch (ConfigException e) {
      throw new ConfigException(key + ": " + e.getMessage());
    }
  }

  private static DatabaseUrl parseAny(String url, Map<String, String> environment) {
    if (url.startsWith("jdbc:postgresql:")) {
      return parseJdbc(url, environment);
    }
    for (String scheme : List.of("postgresql://", "postgres://")) {
      if (url.startsWith(scheme)) {
        return parseUri(url.substring(scheme.length()), environment);
      }
    }
    throw new ConfigException("must begin with postgresql://, postgres:// or jdbc:postgresql:");
  }

  private static DatabaseUrl parseJdbc(String url, Map<String, String> environment) {
    int question = url.indexOf('?');
    if (url.lastIndexOf('@', question < 0 ? url.length() : question) >= 0) {
      throw new ConfigException(
          "a jdbc: URL takes user and password as parameters: ?user=…&password=…");
    }
    Properties parsed = parsedByDriver(url);
    if (parsed == null) {
      throw new ConfigException(
          "not a JDBC URL; want jdbc:postgresql://host:5432/market_data?user=mdp");
    }
    SortedMap<String, String> properties = new TreeMap<>();
    for (String name : parsed.stringPropertyNames()) {
      properties.put(name, parsed.getProperty(name));
    }
    String[] names = removed(properties, "PGHOST", "localhost").split(",", -1);
    String[] ports = removed(properties, "PGPORT", DEFAULT_PORT).split(",", -1);
    List<String> hosts = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      hosts.add(names[i] + ":" + ports[Math.min(i, ports.length - 1)]);
    }
    String database = removed(properties, "PGDBNAME", "");
    return complete(String.join(",", hosts), database, properties, environment);
  }

  private static synchronized @Nullable Properties parsedByDriver(String url) {
    Level level = DRIVER_LOG.getLevel();
    DRIVER_LOG.setLevel(Level.OFF);
    try {
      return Driver.parseURL(url, new Properties());
    } finally {
      DRIVER_LOG.setLevel(level);
    }
  }

  private static DatabaseUrl parseUri(String rest, Map<String, String> environment) {
    int question = rest.indexOf('?');
    requireEncodedQuestion(rest, question);
    String address = question < 0 ? rest : rest.substring(0, question);
    SortedMap<String, String> properties =
        parameters(question < 0 ? "" : rest.substring(question + 1));
    int slash = address.indexOf('/', address.lastIndexOf('@') + 1);
    String authority = slash < 0 ? address : address.substring(0, slash);
    String database = slash < 0 ? "" : decode(address.substring(slash + 1));
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      String account = authority.substring(0, at);
      int colon = account.indexOf(':');
      properties.put("user", decode(colon < 0 ? account : account.substring(0, colon)));
      if (colon >= 0) {
        properties.put("password", decode(account.substring(colon + 1)));
      }
    }
    String hosts = hosts(authority.substring(at + 1), properties);
    String name = removed(properties, "dbname", database);
    return complete(hosts, name, properties, environment);
  }

  /// In `user:a?b@host` the parameters begin in the password.
  private static void requireEncodedQuestion(String rest, int question) {
    if (question < 0 || rest.indexOf('@', question) < 0) {
      return;
    }
    String address = rest.substring(0, question);
    if (address.indexOf('@') < 0 && address.indexOf(':') >= 0 && address.indexOf('/') < 0) {
      throw new ConfigException(
          "a ? begins the parameters, and there is an @ after it; write ? in a user or password as %3F,"
              + " @ in a parameter as %40");
    }
  }

  private static String hosts(String authority, SortedMap<String, String> properties) {
    String names = removed(properties, "host", authority);
    String port = removed(properties, "port", DEFAULT_PORT);
    List<String> hosts = new ArrayList<>();
    for (String host : names.split(",", -1)) {
      hosts.add(host(host, port));
    }
    return String.join(",", hosts);
  }

  private static String host(String text, String defaultPort) {
    if (text.startsWith("/") || text.startsWith("%2F")) {
      throw new ConfigException("a Unix socket cannot be used; name a host, for example localhost");
    }
    int colon = text.indexOf(':', text.lastIndexOf(']') + 1);
    String name = colon < 0 ? text : text.substring(0, colon);
    String port = colon < 0 ? defaultPort : text.substring(colon + 1);
    if (!port.matches("[0-9]{1,5}")
        || Integer.parseInt(port) < 1
        || Integer.parseInt(port) > 65535) {
      throw new ConfigException(
          "the port is not a number from 1 to 65535 (in a password, write : / ? # @ % as %3A %2F %3F %23 %40"
              + " %25)");
    }
    String decoded = name.isEmpty() ? "localhost" : decode(name);
    if (!HOST.matcher(decoded).matches()) {
      throw new ConfigException(
          "no host:port/database after the last @, or after the scheme (in a password, write / ? # @ as"
              + " %2F %3F %23 %40)");
    }
    return decoded + ":" + port;
  }

  private static SortedMap<String, String> parameters(String query) {
    SortedMap<String, String> properties = new TreeMap<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new ConfigException("a parameter must be name=value");
      }
      String given = decode(pair.substring(0, equals));
      String name = LIBPQ_NAMES.getOrDefault(given, given);
      String value = decode(pair.substring(equals + 1));
      if (!List.of("host", "port", "dbname").contains(name) && PGProperty.forName(name) == null) {
        throw new ConfigException(
            "unknown parameter; want those of libpq or of the JDBC driver, such as sslmode"
                + " (a ? in a password is %3F, an & is %26)");
      }
      properties.put(
          name, name.equals("targetServerType") ? TARGETS.getOrDefault(value, value) : value);
    }
    return properties;
  }

  private static DatabaseUrl complete(
      String hosts,
      String database,
      SortedMap<String, String> properties,
      Map<String, String> environment) {
    properties.forEach(DatabaseUrl::requireUsable);
    String account = environment.getOrDefault("PGUSER", System.getProperty("user.name", ""));
    String user = properties.getOrDefault("user", account);
    properties.put("user", user);
    String options = properties.remove(OPTIONS);
    if (options != null) {
      ServerOptions server = ServerOptions.parse(options);
      if (server.path() != null) {
        properties.putIfAbsent(SCHEMA, server.path());
      }
      if (!server.rest().isEmpty()) {
        properties.put(OPTIONS, server.rest());
      }
    }
    String password = environment.get("PGPASSWORD");
    if (password != null && !password.isEmpty()) {
      properties.putIfAbsent("password", password); // otherwise the driver reads .pgpass
    }
    return new DatabaseUrl(hosts, database.isEmpty() ? user : database, user, properties);
  }

  /// The driver would find it at every connect, as if the server were away, and quote the value.
  private static void requireUsable(String name, String value) {
    PGProperty property = PGProperty.forName(name);
    if (property == null) {
      return;
    }
    String[] choices = property.getChoices();
    if (choices != null && !name.equals(REQUIRE_AUTH)) { // that one is a list of them
      if (Arrays.stream(choices).noneMatch(value::equals)) {
        throw new ConfigException(
            "the parameter " + name + " must be one of " + String.join(", ", choices));
      }
    } else if (isNumber(property.getDefaultValue()) && !isNumber(value)) {
      throw new ConfigException("the parameter " + name + " must be a whole number");
    }
  }

  private static boolean isNumber(@Nullable String text) {
    return text != null && NUMBER.matcher(text).matches();
  }

  private static String removed(
      SortedMap<String, String> properties, String name, String otherwise) {
    String value = properties.remove(name);
    return value == null || value.isEmpty() ? otherwise : value;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) { // its message and cause may hold the password
      throw new ConfigException("bad percent-encoding; write a % in a name or password as %25");
    }
  }

  /// The driver's URL, without user and password.
  String jdbcUrl() {
    return "jdbc:postgresql://" + hosts + "/" + encode(database);
  }

  /// The search path that it names, or null.
  @Nullable String schema() {
    return properties.get(SCHEMA);
  }

  @Nullable String password() {
    return properties.get("password");
  }

  private static String encode(String text) {
    return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// Whether the database runs on this machine.
  public boolean isLocal() {
    String lower = hosts.toLowerCase(Locale.ROOT);
    return lower.startsWith("localhost:") || lower.startsWith("127.") || lower.startsWith("[::1]");
  }

  /// For messages: `user@host:port/database`.
  @Override
  public String toString() {
    return user + "@" + hosts + "/" + database;
  }
}
