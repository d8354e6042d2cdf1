package dev.mdp.config.read;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;

/// The problems of one configuration, told together in the order of the file, each with its source
/// line and a caret. Single-threaded.
public final class ConfigProblems {
  private static final int MAX_LINE = 160;

  private final List<String> lines;
  private final LinkedHashSet<Problem> found = new LinkedHashSet<>();

  public ConfigProblems(String text) {
    this.lines = text.lines().toList();
  }

  public void add(Place place, String message) {
    found.add(new Problem(place, message));
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
    List<Problem> ordered = new ArrayList<>(found);
    ordered.sort(
        Comparator.comparingInt((Problem problem) -> problem.place().line())
            .thenComparingInt(problem -> problem.place().column()));
    Problems problems = new Problems();
    ordered.forEach(problem ->
        problems.add(
            problem.place().toString(),
            Redaction.text(problem.message()) + excerpt(problem.place())));
    problems.throwIfAny(error);
  }

  private String excerpt(Place place) {
    if (place.line() < 1 || place.line() > lines.size()) {
      return "";
    }
    String line = printable(lines.get(place.line() - 1));
    String before =
        Redaction.text(line.substring(0, Math.clamp(place.column() - 1, 0, line.length())));
    String shown = Redaction.text(line);
    if (shown.length() > MAX_LINE || before.length() > shown.length()) {
      return "";
    }
    return "\n  " + shown + "\n  " + " ".repeat(before.length()) + "^";
  }

  private static String printable(String line) {
    return line.replaceAll("\\p{Cntrl}", " ");
  }

  private record Problem(Place place, String message) {}
}
