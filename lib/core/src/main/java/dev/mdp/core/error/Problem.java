package dev.mdp.core.error;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One thing that must be put right, and where it is.
///
/// @param file empty when it is in no file
/// @param line 0 when it is on no line
/// @param column 0 when it is on no line
/// @param key the path of the configuration's key, empty when it is about none
public record Problem(String file, int line, int column, String key, String message) {
  private static final Pattern PLACE =
      Pattern.compile("(?<file>[^\\s:][^:]*):(?<line>\\d{1,9}):(?<column>\\d{1,9}): (?<rest>.*)");
  private static final Pattern KEY =
      Pattern.compile(
          "(?<key>[A-Za-z_][A-Za-z0-9_-]*(?:[.\\[][A-Za-z0-9_.\\[\\]-]*)?): (?<rest>.*)");
  private static final Pattern UNKNOWN = Pattern.compile("unknown key '(?<key>[^']+)'.*");

  /// What the message of an error tells, line by line: `streaming.yaml:14:3: ticks.size: …`. Lines
  /// that are indented show the source and are left out.
  public static List<Problem> of(String message) {
    return message
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("  "))
        .map(Problem::parse)
        .toList();
  }

  private static Problem parse(String text) {
    Matcher place = PLACE.matcher(text);
    boolean placed = place.matches();
    String rest = placed ? place.group("rest") : text;
    Matcher key = KEY.matcher(rest);
    Matcher unknown = UNKNOWN.matcher(rest);
    boolean keyed = key.matches();
    return new Problem(
        placed ? place.group("file") : "",
        placed ? Integer.parseInt(place.group("line")) : 0,
        placed ? Integer.parseInt(place.group("column")) : 0,
        keyed ? key.group("key") : unknown.matches() ? unknown.group("key") : "",
        keyed ? key.group("rest") : rest);
  }
}
