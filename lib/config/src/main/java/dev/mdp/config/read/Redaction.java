package dev.mdp.config.read;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes passwords out of text that people or logs get to see.
public final class Redaction {
  static final String MASK = "***";

  private static final Pattern USER_INFO =
      Pattern.compile(
          "(?<=://)(?:([^\\s:@/?#\"']*):[^\\s\"']*|[^\\s:@/?#\"']*)@(?=[^@\\s]*(?:[\\s\"'}]|$))");
  private static final String SECRET_WORDS =
      "(?<![\\w.-])[\\w.-]*(?:password|passwd|secret|token|credentials|private|jaas\\.config|keystore\\.key)[\\w.-]*";
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)("
              + SECRET_WORDS
              + "[\"']?\\s*[=:]\\s*)(\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|[^\\s&,}\"';]+)");
  private static final Pattern SECRET_NAME = Pattern.compile("(?i)" + SECRET_WORDS);
  private static final Pattern NAME = Pattern.compile("[\\w.-]+(?:\\[[0-9]+])?");
  private static final Pattern PATH = Pattern.compile("(?!.*//)[^:@?#%\\p{Cntrl}]+");

  private static final String HOST = "(?:[\\w.-]+|\\[[0-9A-Fa-f:.%]+])?(?::[0-9]{1,5})?";

  /// `host:port`, several of them, and a database.
  static final String PLACE = HOST + "(?:," + HOST + ")*(?:/[\\w.%-]*)?";

  private static final Pattern PLACE_ONLY = Pattern.compile(PLACE);
  private static final Pattern REDIS_PLACE = Pattern.compile(HOST + "(?:/[0-9]{0,4})?");
  private static final Pattern SERVERS =
      Pattern.compile("[\\w.\\[\\]:-]+:[0-9]{1,5}(?:\\s*,\\s*[\\w.\\[\\]:-]+:[0-9]{1,5})*");
  private static final Pattern URL =
      Pattern.compile("((?:jdbc:)?[a-z][a-z0-9+.-]*://|jdbc:postgresql:)(.*)", Pattern.DOTALL);
  private static final Pattern USER = Pattern.compile("[\\w.%+-]*");

  private Redaction() {}

  /// The text with every URL's password and every `password=…` replaced by `***`.
  public static String text(String text) {
    String masked = text;
    if (masked.contains("://")) {
      masked =
          USER_INFO
              .matcher(masked)
              .replaceAll(match -> match.group(1) == null ? "***@" : "$1:***@");
    }
    return NAMED.matcher(masked).replaceAll("$1***");
  }

  /// A URL for people: of what may be or hold a password nothing is left. When it is not clear
  /// where the password begins or ends, or it is not a URL at all, everything is hidden.
  public static String url(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      return SERVERS.matcher(url).matches() ? url : MASK;
    }
    String scheme = parts.group(1);
    String rest = parts.group(2);
    int question = rest.indexOf('?');
    int at = rest.lastIndexOf('@');
    if (question >= 0 && at > question) {
      return scheme + MASK;
    }
    String place = rest.substring(at + 1, question < 0 ? rest.length() : question);
    Pattern wanted = scheme.startsWith("redis") ? REDIS_PLACE : PLACE_ONLY;
    if (!wanted.matcher(place).matches()) {
      return scheme + MASK;
    }
    String query = question < 0 ? "" : "?" + ShownParameters.of(rest.substring(question + 1));
    return scheme + (at < 0 ? "" : login(rest.substring(0, at)) + "@") + place + query;
  }

  private static String login(String login) {
    int colon = login.indexOf(':');
    String user = colon < 0 ? "" : login.substring(0, colon);
    return colon < 0 || !USER.matcher(user).matches() ? MASK : user + ":" + MASK;
  }

  /// Whether a property of this name holds a secret.
  public static boolean isSecretName(String name) {
    return SECRET_NAME.matcher(name).matches();
  }

  /// Whether there is or may be a secret in the value of a property, whatever its name.
  static boolean hasSecret(String value) {
    return SECRET_NAME.matcher(value).find() || (value.contains("://") && value.contains("@"));
  }

  /// Whether this is the key of a URL.
  static boolean isSecretKey(String key) {
    return switch (key) {
      case "url", "uri", "bootstrap_servers" -> true;
      default -> isSecretName(key);
    };
  }

  /// Whether a text looks like a key or a path of keys and may be repeated.
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /// Whether a text looks like a file's name and may be repeated.
  static boolean isPath(String text) {
    return PATH.matcher(text).matches();
  }
}
