package dev.mdp.config.read;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Hides what may be a secret in a line of a configuration that is shown with a problem. The line
/// may be as wrong as a line can be, so nothing is taken for granted: from the first value on that
/// is not harmless for sure, the rest of the line is hidden.
final class SourceSecrets {
  private static final String MASK = "***";

  /// A key whose value is or may be a secret, or `://`.
  private static final Pattern SUSPECT =
      Pattern.compile(
          "(?i)://|jdbc:postgresql:|(?<![\\w.-])[\"']?(?:store|bus|redis|kafka|properties|url|uri|dsn|bootstrap_servers|file|credential"
              + "|[\\w.-]*(?:password|passwd|secret|token|credentials|private|jaas|keystore\\.key)[\\w.-]*)[\"']?\\s*[:=](?:\\s+|(?=[\"'{$])|$)");

  /// Behind a suspect key: nothing, a mapping, the begin of a URL, a variable, or servers.
  private static final Pattern HARMLESS_VALUE =
      Pattern.compile(
          "\\s*(?:$|#|\\{|[\"']?(?:\\$\\{\\w+:-)?(?:jdbc:)?[a-z][a-z0-9+.-]*://|[\"']?\\$\\{\\w+}[\"']?(?:\\s+#|\\s*[,}]|\\s*$)"
              + "|[\"']?(?:\\$\\{\\w+:-)?[\\w.-]+:[0-9]{1,5}}?[\"']?(?:\\s+#|\\s*[,}]|\\s*$))");

  /// Behind the key of a file or a credential.
  private static final Pattern FILE_NAME =
      Pattern.compile("\\s*(?:$|#|[\"']?(?:\\$\\{\\w+}|[\\w./-])+[\"']?(?:\\s+#|\\s*[,}]|\\s*$))");

  /// Behind the key of free-form settings, whose names do not say which are secrets.
  private static final Pattern NOTHING = Pattern.compile("\\s*(?:$|#)");

  /// Behind `://`.
  private static final Pattern WELL_FORMED =
      Pattern.compile(
          "(?:([\\w.%+-]*):[^\\s\"'@,{}]*@|[\\w.%+-]*@)?("
              + Redaction.PLACE
              + ")(?=[\"'\\s,}\\]]|$)");

  private static final Pattern KEY =
      Pattern.compile("^(\\s*(?:- +)?[\"']?([\\w.-]+)[\"']?\\s*:)(?:\\s|$)");

  private SourceSecrets() {}

  /// The line, as much of it as people may see.
  static String hide(String line) {
    StringBuilder shown = new StringBuilder(line.length());
    Matcher suspect = SUSPECT.matcher(line);
    int at = 0;
    while (suspect.find(at)) {
      shown.append(line, at, suspect.end());
      at = suspect.end();
      if (suspect.group().equals("://")) {
        Matcher place = WELL_FORMED.matcher(line).region(at, line.length());
        if (!place.lookingAt() || hasMore(line, place.end())) {
          return shown.append(MASK).toString();
        }
        boolean login = place.start(2) > at;
        String user = place.group(1);
        shown.append(login ? (user == null ? "" : user + ":") + MASK + "@" : "");
        shown.append(place.group(2));
        at = place.end();
      } else if (!harmless(suspect.group()).matcher(line).region(at, line.length()).lookingAt()) {
        return shown.append(MASK).toString();
      }
    }
    return shown.append(line, at, line.length()).toString();
  }

  private static Pattern harmless(String key) {
    String name = key.replaceAll("[\"'\\s:=]", "");
    return switch (name) {
      case "file", "credential" -> FILE_NAME;
      case "properties" -> NOTHING;
      default -> HARMLESS_VALUE;
    };
  }

  /// Whether another `@` follows that no other URL explains: the password had one.
  private static boolean hasMore(String line, int from) {
    int at = line.indexOf('@', from);
    int url = line.indexOf("://", from);
    return at >= 0 && (url < 0 || at < url);
  }

  /// Whether the line continues, or is below, a value that is or may be a secret: none of it may be
  /// seen.
  static boolean continuesOne(List<String> lines, int index) {
    Matcher own = KEY.matcher(lines.get(index));
    boolean hasKey = own.find();
    String parent = parent(lines, index);
    boolean reference =
        hasKey && (own.group(2).equals("file") || own.group(2).equals("credential"));
    boolean alone = !hasKey && parent.isEmpty() && !lines.get(index).stripLeading().startsWith("{");
    return alone || parent.equals("properties") || (Redaction.isSecretKey(parent) && !reference);
  }

  /// The key that this line is below, or an empty text.
  private static String parent(List<String> lines, int index) {
    int indent = indent(lines.get(index));
    for (int above = index - 1; above >= 0 && indent > 0; above--) {
      String line = lines.get(above);
      if (line.isBlank() || indent(line) >= indent) {
        continue;
      }
      indent = indent(line);
      Matcher key = KEY.matcher(line);
      if (key.find()) {
        return key.group(2);
      }
    }
    return "";
  }

  private static int indent(String line) {
    int indent = 0;
    while (indent < line.length() && line.charAt(indent) == ' ') {
      indent++;
    }
    return indent;
  }
}
