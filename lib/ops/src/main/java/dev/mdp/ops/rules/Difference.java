package dev.mdp.ops.rules;

import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.rule.ExpectedSignal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// What is otherwise than a case expects.
public sealed interface Difference {
  record Missing(ExpectedSignal expected) implements Difference {}

  record Unexpected(Signal signal) implements Difference {}

  /// @param what `value` or `score`
  record Other(ExpectedSignal expected, String what, double want, OptionalDouble was)
      implements Difference {}

  /// A line for people.
  default String words() {
    return switch (this) {
      case Missing(var expected) ->
          "missing     %s   (%s)".formatted(signal(expected), expected.place());
      case Unexpected(var signal) ->
          "unexpected  %s value %s%s"
              .formatted(
                  signal(signal.tsMicros(), signal.symbol(), signal.name()),
                  signal.value(),
                  signal.score().isPresent() ? " score " + signal.score().getAsDouble() : "");
      case Other(var expected, var what, var want, var was) ->
          "wrong       %s %s: want %s, was %s   (%s)"
              .formatted(
                  signal(expected),
                  what,
                  want,
                  was.isPresent() ? was.getAsDouble() : "none",
                  expected.place());
    };
  }

  /// An object for programs.
  default Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    switch (this) {
      case Missing(var expected) -> {
        object.put("kind", "missing");
        identity(object, expected.tsMicros(), expected.symbol(), expected.name());
        object.put("place", expected.place());
      }
      case Unexpected(var signal) -> {
        object.put("kind", "unexpected");
        identity(object, signal.tsMicros(), signal.symbol(), signal.name());
        object.put("value", signal.value());
        object.put("score", number(signal.score()));
      }
      case Other(var expected, var what, var want, var was) -> {
        object.put("kind", "wrong");
        identity(object, expected.tsMicros(), expected.symbol(), expected.name());
        object.put("place", expected.place());
        object.put("what", what);
        object.put("want", want);
        object.put("was", number(was));
      }
    }
    return object;
  }

  private static void identity(
      Map<String, @Nullable Object> object, long tsMicros, Symbol symbol, String name) {
    object.put("ts", Micros.format(tsMicros));
    object.put("symbol", symbol.value());
    object.put("name", name);
  }

  private static @Nullable Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static String signal(ExpectedSignal expected) {
    return signal(expected.tsMicros(), expected.symbol(), expected.name());
  }

  private static String signal(long tsMicros, Symbol symbol, String name) {
    return Micros.instant(tsMicros) + " " + symbol + " " + name;
  }
}
