package dev.mdp.config.read;

import dev.mdp.core.error.Suggestions;
import dev.mdp.core.event.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads the scalars and lists of one section. A bad value is reported at its place and its default
/// taken, so that reading continues to the next problem.
public final class Scalars {
  private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9][0-9]*)");

  private final Section section;
  private final ConfigReader reader;

  Scalars(Section section, ConfigReader reader) {
    this.section = section;
    this.reader = reader;
  }

  public String text(String key, String fallback) {
    return read(key, fallback, Scalars::nonEmpty);
  }

  /// Text that a parser turns into a value; the parser throws `IllegalArgumentException`.
  public <T> T parsed(String key, T fallback, Function<String, T> parser) {
    return read(key, fallback, given -> parser.apply(nonEmpty(given)));
  }

  public <T> Optional<T> optional(String key, Function<String, T> parser) {
    return optionalGiven(key, given -> parser.apply(nonEmpty(given)));
  }

  /// Text that must be there; the fallback after a problem.
  public <T> T required(String key, T fallback, Function<String, T> parser, String example) {
    Found found = find(key);
    if (found.given.isEmpty() && !found.excused) {
      section.problem(key, "is missing, e.g. " + key + ": " + example);
    }
    return read(key, fallback, given -> parser.apply(nonEmpty(given)));
  }

  /// Text that may be empty.
  public String textOrEmpty(String key) {
    return read(key, "", Given::asText);
  }

  public long whole(String key, long fallback, long min, long max) {
    return read(key, fallback, given -> whole(given, min, max));
  }

  public int integer(String key, int fallback, int min, int max) {
    return Math.toIntExact(whole(key, fallback, min, max));
  }

  public double decimal(String key, double fallback, double min, double max) {
    return read(
        key,
        fallback,
        given -> {
          String text = given.asPlain("a number");
          double value = ScalarKinds.finite(text).orElse(Double.NaN);
          if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(
                "want a number from " + min + " to " + max + ", was " + text);
          }
          return value;
        });
  }

  /// A number that may be absent.
  public OptionalDouble optionalDecimal(String key) {
    Optional<Double> found =
        optionalGiven(
            key,
            given -> {
              String text = given.asPlain("a number");
              return ScalarKinds.finite(text)
                  .orElseThrow(
                      () -> new IllegalArgumentException("want a finite number, was " + text));
            });
    return found.isPresent() ? OptionalDouble.of(found.get()) : OptionalDouble.empty();
  }

  /// A text, a finite number (`Long` or `Double`) or a boolean: what YAML takes it for.
  public Optional<Object> plain(String key) {
    return optionalGiven(key, ScalarKinds::value);
  }

  /// The scalar as it stands in the file; empty when it is absent, or after a problem.
  public Optional<Entry.Scalar> verbatim(String key) {
    Optional<Given> given = find(key).given;
    return given.map(Given::scalar);
  }

  public boolean flag(String key, boolean fallback) {
    return read(
        key,
        fallback,
        given ->
            switch (given.asPlain("true or false")) {
              case "true" -> true;
              case "false" -> false;
              default ->
                  throw new IllegalArgumentException("want true or false, was " + given.text());
            });
  }

  /// One of an enum's constants, in lower or upper case.
  public <E extends Enum<E>> E choice(String key, E fallback) {
    List<E> all = Arrays.asList(fallback.getDeclaringClass().getEnumConstants());
    List<String> words = all.stream().map(Scalars::word).toList();
    return read(
        key,
        fallback,
        given -> {
          int index = words.indexOf(given.asText().toLowerCase(Locale.ROOT));
          if (index < 0) {
            throw new IllegalArgumentException(
                "want one of %s, was '%s'%s"
                    .formatted(
                        String.join(", ", words),
                        given.text(),
                        Suggestions.phrase(given.text(), words)));
          }
          return all.get(index);
        });
  }

  /// A duration such as `24h`.
  public Interval interval(String key, Interval fallback) {
    return read(key, fallback, given -> Interval.parseLength(given.text()));
  }

  /// A duration that may be absent.
  public Optional<Interval> optionalInterval(String key) {
    return optionalGiven(key, given -> Interval.parseLength(given.text()));
  }

  /// The length of a window such as `2s`, or `1w`.
  public Interval window(String key, Interval fallback) {
    return optionalWindow(key).orElse(fallback);
  }

  /// The length of a window that may be absent.
  public Optional<Interval> optionalWindow(String key) {
    return optionalGiven(key, given -> Interval.parse(given.text()));
  }

  /// A list of words, each turned into a value; from a flag or variable separated by commas.
  public <T> List<T> list(String key, List<T> fallback, Function<String, T> parser) {
    return new Lists(section, reader).list(key, fallback, parser);
  }

  /// A time such as `2025-10-24T14:00:00Z`, or a date, that may be absent. YAML reads some of them
  /// as dates: all are taken as they stand.
  public Optional<Instant> optionalTime(String key) {
    return optionalGiven(key, given -> ScalarKinds.time(given.text()));
  }

  /// One value or a list of them, at least one, each with its place.
  public <T> List<T> oneOrMore(String key, BiFunction<String, Place, T> parser, String example) {
    return new Lists(section, reader).oneOrMore(key, parser, example);
  }

  /// A URL with a password in it, or kept in a file (`{file: …}`, `{credential: …}`).
  ///
  /// @param check throws `IllegalArgumentException` with a message that repeats nothing of it
  public Secret url(String key, String fallback, String variable, Function<String, String> check) {
    Found found = find(key);
    Optional<Given> given =
        found.given.or(
            () -> found.excused ? Optional.empty() : reader.overrides().fromVariable(variable));
    return finish(
        key, given, Secret.url(fallback), value -> Secret.url(check.apply(value.asSecret())));
  }

  /// The same where it may be absent.
  public Optional<Secret> optionalUrl(String key, Function<String, String> check) {
    return optionalGiven(key, given -> Secret.url(check.apply(nonEmpty(given))));
  }

  /// A free-form value; secret when its name says so.
  public Secret property(String key) {
    return read(
        key,
        Secret.opaque(""),
        given ->
            Redaction.isSecretName(key)
                    || Redaction.hasSecret(given.text())
                    || given.origin().detail().startsWith("secret")
                ? Secret.opaque(given.text())
                : new Secret(given.text(), given.text()));
  }

  <T> T read(String key, T fallback, Function<Given, T> parser) {
    return finish(key, find(key).given, fallback, parser);
  }

  private <T> Optional<T> optionalGiven(String key, Function<Given, T> parser) {
    Found found = find(key);
    return found.given.isEmpty()
        ? Optional.empty()
        : finish(key, found.given, Optional.empty(), given -> Optional.of(parser.apply(given)));
  }

  private <T> T finish(String key, Optional<Given> given, T fallback, Function<Given, T> parser) {
    if (given.isEmpty()) {
      reader.record(section.path(key), shown(fallback), Origin.DEFAULT);
      return fallback;
    }
    try {
      T value = parser.apply(given.get());
      reader.record(section.path(key), shown(value), given.get().origin());
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

  static Object shown(Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.map(Scalars::shown).orElse("");
      case List<?> items -> new ArrayList<>(items.stream().map(Scalars::shown).toList());
      case Enum<?> constant -> word(constant);
      case Number number -> number;
      case Boolean flag -> flag;
      default -> value.toString();
    };
  }

  private static long whole(Given given, long min, long max) {
    String text = given.asPlain("a whole number");
    boolean fits = WHOLE.matcher(text).matches() && text.length() <= 18;
    long value = fits ? Long.parseLong(text) : 0;
    if (!fits || value < min || value > max) {
      throw new IllegalArgumentException(
          "want a whole number from " + min + " to " + max + ", was " + text);
    }
    return value;
  }

  static String nonEmpty(Given given) {
    String text = given.asText();
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return text;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /// @param excused whether its absence is explained already
  record Found(Optional<Given> given, boolean excused) {}
}
