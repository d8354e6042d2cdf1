package dev.mdp.providers.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.mdp.core.error.Printable;
import java.io.IOException;

/// Venues' JSON over characters in memory. Numbers are never converted here and may have any
/// length, and a bare NaN is a number: a trade with such a price is refused as that trade, and not
/// lost with its whole message. Thread-safe.
public final class VenueJson {
  private static final int MAX_NESTING = 64;
  private static final int MAX_SHOWN = 80;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private VenueJson() {}

  /// Begins a text. The parser's texts lie in `chars` themselves.
  public static JsonParser open(char[] chars, int length) throws IOException {
    JsonParser parser = FACTORY.createParser(chars, 0, length);
    if (parser.nextToken() == null) {
      throw new UnreadableException("it is empty");
    }
    return parser;
  }

  /// Begins a text that is to be an object.
  public static JsonParser openObject(char[] chars, int length) throws IOException {
    JsonParser parser = open(chars, length);
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new UnreadableException("it is not a JSON object");
    }
    return parser;
  }

  /// Throws [UnreadableException] when anything follows what was read.
  public static void end(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw new UnreadableException("more text follows the JSON");
    }
  }

  /// Goes to an array's next element, an object or array; false at the array's end. Throws
  /// [UnreadableException] when the element is something else.
  public static boolean nextElement(JsonParser parser, JsonToken begins) throws IOException {
    JsonToken next = parser.nextToken();
    if (next == JsonToken.END_ARRAY) {
      return false;
    }
    if (next != begins) {
      throw new UnreadableException("an element of an array is not what it should be");
    }
    return true;
  }

  /// Whether the current value, as text, is this one.
  public static boolean isText(JsonParser parser, String expected) throws IOException {
    int length = expected.length();
    if (parser.getTextLength() != length) {
      return false;
    }
    char[] text = parser.getTextCharacters();
    int from = parser.getTextOffset();
    for (int i = 0; i < length; i++) {
      if (text[from + i] != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// Where the current token begins in the text.
  public static int begin(JsonParser parser) {
    return (int) parser.currentTokenLocation().getCharOffset();
  }

  /// Where the current token, an object's or array's last, ends in the text (exclusive).
  public static int endOf(JsonParser parser) {
    return (int) parser.currentLocation().getCharOffset();
  }

  /// What is wrong with a text, and how it begins, as a terminal may get it.
  public static String why(IOException e, char[] chars, int length) {
    return reason(e) + ": " + excerpt(chars, 0, length);
  }

  /// How a part of a text begins, in quotes.
  public static String excerpt(char[] chars, int from, int to) {
    int shown = Math.min(to, from + 2 * MAX_SHOWN);
    String text = new String(chars, from, Math.max(0, shown - from));
    return "'" + Printable.cut(Printable.text(text), MAX_SHOWN) + "'";
  }

  private static String reason(IOException e) {
    if (!(e instanceof JsonProcessingException broken)) {
      return String.valueOf(e.getMessage());
    }
    String message = broken.getOriginalMessage().lines().findFirst().orElse("");
    long column = broken.getLocation() == null ? 0 : broken.getLocation().getColumnNr();
    return "not JSON near column %d, %s".formatted(column, Printable.text(message));
  }
}
