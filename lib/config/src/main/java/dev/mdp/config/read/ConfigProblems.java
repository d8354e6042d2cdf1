package dev.mdp.config.read;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.Problem;
import dev.mdp.core.error.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// The problems of one configuration, told together in the order of the file, each with its source
/// line and a caret. Single-threaded.
public final class ConfigProblems {
  private static final int MAX_LINE = 160;

  private final List<String> lines;
  private final LinkedHashSet<Found> found = new LinkedHashSet<>();

  public ConfigProblems(String text) {
    this.lines = text.lines().toList();
  }

  public void add(Place place, String message) {
    found.add(new Found(place, "", "", message));
  }

  /// A problem whose message names no key, or another one than the whole path.
  void add(Place place, String key, String prefix, String message) {
    found.add(new Found(place, key, prefix, message));
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public int size() {
    return found.size();
  }

  /// Throws one [ConfigException] with all problems; does nothing when there is none.
  public void throwIfAny() {
    throwIfAny(ConfigException::new);
  }

  /// Throws one error with all problems; does nothing when there is none.
  public void throwIfAny(Function<String, ? extends MdpException> error) {
    List<Found> ordered = new ArrayList<>(found);
    ordered.sort(
        Comparator.comparingInt((Found problem) -> problem.place().line())
            .thenComparingInt(problem -> problem.place().column()));
    Problems problems = new Problems();
    ordered.forEach(problem ->
        problems.add(
            problem.place().toString(), Redaction.text(problem.text()) + excerpt(problem.place())));
    problems.throwIfAny(message -> {
      MdpException e = error.apply(message);
      e.madeOf(ordered.stream().flatMap(Found::parts).toList());
      return e;
    });
  }

  private String excerpt(Place place) {
    if (place.line() < 1 || place.line() > lines.size()) {
      return "";
    }
    String line = printable(lines.get(place.line() - 1));
    if (SourceSecrets.continuesOne(lines, place.line() - 1)) {
      return "";
    }
    String before =
        SourceSecrets.hide(line.substring(0, Math.clamp(place.column() - 1, 0, line.length())));
    String shown = SourceSecrets.hide(line);
    if (shown.length() > MAX_LINE || before.length() > shown.length()) {
      return "";
    }
    return "\n  " + shown + "\n  " + " ".repeat(before.length()) + "^";
  }

  private static String printable(String line) {
    return line.replaceAll("\\p{Cntrl}", " ");
  }

  /// @param key empty where only the message tells it
  /// @param prefix of the message in its text
  private record Found(Place place, String key, String prefix, String message) {
    String text() {
      return prefix + message;
    }

    Stream<Problem> parts() {
      String redacted = Redaction.text(message);
      if (key.isEmpty()) {
        return Problem.of(place + ": " + redacted).stream();
      }
      boolean inFile = place.line() > 0;
      return Stream.of(
          new Problem(
              inFile ? place.source() : "",
              place.line(),
              place.column(),
              key,
              inFile ? redacted : place + ": " + redacted));
    }
  }
}
