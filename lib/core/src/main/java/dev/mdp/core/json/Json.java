package dev.mdp.core.json;

import dev.mdp.core.event.Micros;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes maps, lists and scalars as JSON text. What is neither becomes the string of its
/// `toString`; a time is RFC 3339 UTC with six fraction digits; a number that JSON cannot hold
/// (NaN, infinities) becomes null.
public final class Json {
  private static final Instant FIRST = Micros.instant(Micros.MIN);
  private static final Instant LAST = Micros.instant(Micros.MAX);

  private final StringBuilder out = new StringBuilder();
  private final boolean sorted;

  private Json(boolean sorted) {
    this.sorted = sorted;
  }

  /// A piece of JSON that is written with its own layout, but on one line and without characters
  /// that a terminal obeys; the caller vouches for it.
  public record Raw(String text) {}

  /// Keys in the order of their maps.
  public static String write(@Nullable Object value) {
    return new Json(false).value(value).out.toString();
  }

  /// Keys sorted by their UTF-16 units, no white space: equal values have equal texts.
  public static String canonical(@Nullable Object value) {
    return new Json(true).value(value).out.toString();
  }

  private Json value(@Nullable Object value) {
    switch (value) {
      case null -> out.append("null");
      case Raw raw -> raw(raw.text());
      case Boolean flag -> out.append(flag.booleanValue());
      case Double number when !Double.isFinite(number) -> out.append("null");
      case Float number when !Float.isFinite(number) -> out.append("null");
      case Number number -> out.append(number);
      case Map<?, ?> map -> object(map);
      case Iterable<?> items -> array(items);
      case Instant time -> string(text(time));
      default -> string(value.toString());
    }
    return this;
  }

  /// One form for every time, six digits always; what the range of event times does not hold keeps
  /// its own.
  public static String text(Instant time) {
    return time.isBefore(FIRST) || !time.isBefore(LAST)
        ? time.toString()
        : Micros.format(Micros.of(time));
  }

  private void object(Map<?, ?> map) {
    Map<Object, Object> ordered = new TreeMap<>();
    if (sorted) {
      map.forEach((key, item) -> ordered.put(String.valueOf(key), item));
    }
    char separator = '{';
    for (Map.Entry<?, ?> entry : (sorted ? ordered : map).entrySet()) {
      out.append(separator);
      string(String.valueOf(entry.getKey()));
      out.append(':');
      value(entry.getValue());
      separator = ',';
    }
    out.append(separator == '{' ? "{}" : "}");
  }

  private void array(Iterable<?> items) {
    char separator = '[';
    for (Object item : items) {
      out.append(separator);
      value(item);
      separator = ',';
    }
    out.append(separator == '[' ? "[]" : "]");
  }

  /// Of the control characters JSON allows white space between its tokens, and in its strings those
  /// that are beyond ASCII's first 32.
  private void raw(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20) {
        out.append(' ');
      } else if (obeyed(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
  }

  private static boolean obeyed(char c) {
    return (c >= 0x7f && c < 0xa0) || c == '\u2028' || c == '\u2029';
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || obeyed(c) || loneSurrogate(text, i)) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /// A half of a pair alone has no UTF-8 form.
  private static boolean loneSurrogate(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }
}
