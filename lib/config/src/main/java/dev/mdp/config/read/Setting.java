package dev.mdp.config.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One effective value with its path and origin.
///
/// @param value a number, text, boolean or list, already redacted
public record Setting(String path, Object value, Origin origin) {
  /// What is shown of a value that was read.
  static Object shown(Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.map(Setting::shown).orElse("");
      case List<?> items -> new ArrayList<>(items.stream().map(Setting::shown).toList());
      case Enum<?> constant -> word(constant);
      case Number number -> number;
      case Boolean flag -> flag;
      default -> value.toString();
    };
  }

  /// An enum's constant as it is written in a configuration.
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
