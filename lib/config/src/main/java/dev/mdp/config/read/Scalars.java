package dev.mdp.config.read;

import dev.mdp.core.error.Suggestions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads the plain scalars of one section: text, numbers, flags and words of a choice.
public final class Scalars {
  private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9][0-9]*)");

  private final ScalarLookup lookup;

  Scalars(ScalarLookup lookup) {
    this.lookup = lookup;
  }

  public String text(String key, String fallback) {
    return lookup.read(key, fallback, Given::asNonEmptyText);
  }

  /// Text that a parser turns into a value; the parser throws `IllegalArgumentException`.
  public <T> T parsed(String key, T fallback, Function<String, T> parser) {
    return lookup.read(key, fallback, given -> parser.apply(given.asNonEmptyText()));
  }

  public <T> Optional<T> optional(String key, Function<String, T> parser) {
    return lookup.optional(key, given -> parser.apply(given.asNonEmptyText()));
  }

  /// Text that must be there; the fallback after a problem.
  public <T> T required(String key, T fallback, Function<String, T> parser, String example) {
    return lookup.required(key, fallback, given -> parser.apply(given.asNonEmptyText()), example);
  }

  /// Text that may be empty.
  public String textOrEmpty(String key) {
    return lookup.read(key, "", Given::asText);
  }

  public long whole(String key, long fallback, long min, long max) {
    return lookup.read(key, fallback, given -> whole(given, min, max));
  }

  /// A whole number that may be absent.
  public OptionalLong optionalWhole(String key, long min, long max) {
    Optional<Long> found = lookup.optional(key, given -> whole(given, min, max));
    return found.isPresent() ? OptionalLong.of(found.get()) : OptionalLong.empty();
  }

  public int integer(String key, int fallback, int min, int max) {
    return Math.toIntExact(whole(key, fallback, min, max));
  }

  public double decimal(String key, double fallback, double min, double max) {
    return lookup.read(
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
        lookup.optional(
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
    return lookup.optional(key, ScalarKinds::value);
  }

  /// The scalar as it is in the file; empty when it is absent, or after a problem.
  public Optional<Entry.Scalar> verbatim(String key) {
    return lookup.given(key).map(Given::scalar);
  }

  public boolean flag(String key, boolean fallback) {
    return lookup.read(
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
    List<String> words = all.stream().map(Setting::word).toList();
    return lookup.read(
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
}
