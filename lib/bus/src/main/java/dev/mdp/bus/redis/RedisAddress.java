package dev.mdp.bus.redis;

import dev.mdp.core.error.ConfigException;
import io.lettuce.core.RedisURI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Redis server's address out of a URI. Passwords are taken with any character in them: as they
/// are, or percent-encoded. Its text has no secret.
record RedisAddress(
    boolean tls, String user, String password, String host, int port, int database) {
  private static final int DEFAULT_PORT = 6379;
  private static final Pattern SCHEME = Pattern.compile("(?i)(rediss?)://(.*)", Pattern.DOTALL);
  private static final Pattern PLACE =
      Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?(?:/([0-9]{0,4}))?");
  private static final Pattern ENCODED = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

  static RedisAddress parse(String uri) {
    Matcher scheme = SCHEME.matcher(uri.strip());
    if (!scheme.matches()) {
      throw bad("does not begin with redis:// or rediss://");
    }
    String rest = scheme.group(2);
    int at = rest.lastIndexOf('@');
    Matcher place = PLACE.matcher(rest.substring(at + 1));
    if (!place.matches()) {
      throw bad("no host:port/database after the last @ or the scheme");
    }
    String login = at < 0 ? "" : rest.substring(0, at);
    int colon = login.indexOf(':');
    String user = colon < 0 ? "" : decoded(login.substring(0, colon));
    String password = decoded(login.substring(colon + 1));
    int port = place.group(2) == null ? DEFAULT_PORT : Integer.parseInt(place.group(2));
    if (port < 1 || port > 65_535) {
      throw bad("the port is not from 1 to 65535");
    }
    String database = place.group(3);
    return new RedisAddress(
        scheme.group(1).toLowerCase(Locale.ROOT).equals("rediss"),
        user,
        password,
        place.group(1),
        port,
        database == null || database.isEmpty() ? 0 : Integer.parseInt(database));
  }

  RedisURI toLettuce(Duration timeout) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    RedisURI.Builder builder =
        RedisURI.Builder.redis(bare, port).withSsl(tls).withDatabase(database).withTimeout(timeout);
    if (!user.isEmpty()) {
      builder.withAuthentication(user, password.toCharArray());
    } else if (!password.isEmpty()) {
      builder.withPassword(password.toCharArray());
    }
    return builder.build();
  }

  /// `host:port`, with the database where it is not 0.
  @Override
  public String toString() {
    return host + ':' + port + (database == 0 ? "" : "/" + database);
  }

  private static String decoded(String text) {
    return ENCODED
        .matcher(text)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                new String(
                    HexFormat.of().parseHex(found.group().replace("%", "")),
                    StandardCharsets.UTF_8)));
  }

  /// Repeats nothing of the URI: any part of a wrong one may be of the password.
  private static ConfigException bad(String what) {
    return new ConfigException(
        "Redis URI: " + what + " (want redis://[user[:password]@]host[:port][/database])");
  }
}
