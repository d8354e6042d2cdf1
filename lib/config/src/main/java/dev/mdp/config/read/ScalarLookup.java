package dev.mdp.config.read;

import java.util.Optional;
import java.util.function.Function;

/// Finds the scalar of a key of one section, from a flag, the environment or the file, and records
/// the value it is read as. A bad value is reported at its place and its default taken, so that
/// reading continues to the next problem.
final class ScalarLookup {
  private final Section section;
  private final ConfigReader reader;

  ScalarLookup(Section section, ConfigReader reader) {
    this.section = section;
    this.reader = reader;
  }

  /// @param excused whether its absence is explained already
  record Found(Optional<Given> given, boolean excused) {}

  /// The value of a key, or its default.
  ///
  /// @param parser throws `IllegalArgumentException` with what is wrong
  <T> T read(String key, T fallback, Function<Given, T> parser) {
    return finish(key, find(key).given, fallback, parser);
  }

  /// The value of a key that may be absent.
  <T> Optional<T> optional(String key, Function<Given, T> parser) {
    Found found = find(key);
    return found.given.isEmpty()
        ? Optional.empty()
        : finish(key, found.given, Optional.empty(), given -> Optional.of(parser.apply(given)));
  }

  /// Text that must be there; the fallback after a problem.
  <T> T required(String key, T fallback, Function<Given, T> parser, String example) {
    Found found = find(key);
    if (found.given.isEmpty() && !found.excused) {
      section.problem(key, "is missing, e.g. " + key + ": " + example);
    }
    return read(key, fallback, parser);
  }

  /// The value of a key, else of this environment variable, else the default.
  <T> T readOrVariable(String key, String variable, T fallback, Function<Given, T> parser) {
    Found found = find(key);
    Optional<Given> given =
        found.given.or(
            () -> found.excused ? Optional.empty() : reader.overrides().fromVariable(variable));
    return finish(key, given, fallback, parser);
  }

  /// What was given for a key, neither read nor recorded; empty after a problem, too.
  Optional<Given> given(String key) {
    return find(key).given;
  }

  private <T> T finish(String key, Optional<Given> given, T fallback, Function<Given, T> parser) {
    if (given.isEmpty()) {
      reader.record(section.path(key), Setting.shown(fallback), Origin.DEFAULT);
      return fallback;
    }
    try {
      T value = parser.apply(given.get());
      reader.record(section.path(key), Setting.shown(value), given.get().origin());
      return value;
    } catch (IllegalArgumentException e) {
      section.problem(given.get().place(), key, String.valueOf(e.getMessage()));
      return fallback;
    }
  }

  private Found find(String key) {
    Optional<Entry> entry = section.member(key);
    Optional<Given> override = reader.overrides().find(section.path(key));
    if (override.isPresent() || entry.isEmpty()) {
      return new Found(override, false);
    }
    return switch (entry.get()) {
      case Entry.Scalar scalar -> {
        ConfigReader.Expanded expanded = reader.expand(section.path(key), scalar);
        yield new Found(expanded.given(), expanded.excused());
      }
      case Entry.Mapping mapping when SecretReference.isOne(mapping) && !reader.isLiteral() ->
          SecretReference.read(mapping, section, key, reader);
      case Entry other -> {
        section.problem(other.place(), key, "want a single value");
        yield new Found(Optional.empty(), true);
      }
    };
  }
}
