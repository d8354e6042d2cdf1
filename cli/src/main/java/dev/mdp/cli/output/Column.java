package dev.mdp.cli.output;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One column of a result.
///
/// @param name the heading, and the key in JSON
/// @param value a text, number, boolean, `Instant`, list, map, `Json.Raw`, or null when absent
public record Column<T>(String name, Align align, Function<T, @Nullable Object> value) {
  /// Numbers stand right.
  public enum Align {
    LEFT,
    RIGHT
  }

  public static <T> Column<T> text(String name, Function<T, @Nullable Object> value) {
    return new Column<>(name, Align.LEFT, value);
  }

  public static <T> Column<T> number(String name, Function<T, @Nullable Object> value) {
    return new Column<>(name, Align.RIGHT, value);
  }
}
