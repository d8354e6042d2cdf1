package dev.mdp.config.read;

import java.util.regex.Pattern;

/// Takes passwords out of text that people or logs get to see.
public final class Redaction {
  private static final Pattern USER_INFO =
      Pattern.compile(
          "(?<=://)(?:([^\\s:@/?#\"']*):[^\\s\"']*|[^\\s:@/?#\"']*)@(?=[^@\\s]*(?:[\\s\"'}]|$))");
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)([\\w.-]*(?:password|passwd|secret|token|jaas\\.config)[\\w.-]*[\"']?\\s*[=:]\\s*)(\"[^\"]*\"|'[^']*'|[^\\s&,}\"';]+)");

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

  /// Whether a property of this name holds a secret.
  public static boolean isSecretName(String name) {
    return NAMED.matcher(name + "=x").matches();
  }
}
