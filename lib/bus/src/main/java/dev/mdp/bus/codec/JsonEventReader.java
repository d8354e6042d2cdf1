package dev.mdp.bus.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.mdp.core.decimal.Decimals;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The reference reader: one JSON object into [RawFields] with a streaming parser. Takes the fields
/// in any order and ignores unknown ones, whatever their value. One thread.
final class JsonEventReader {
  private static final int MAX_NESTING = 32;
  private static final int MAX_NUMBER_LENGTH = 1_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .build())
          .build();

  private final RawFields fields = new RawFields();
  private final Set<String> unknownNames = new HashSet<>();

  /// What the last [#read] found; only as far as it came when it found a fault.
  RawFields fields() {
    return fields;
  }

  /// Reads one object; null when it is well-formed, else what is wrong with it.
  @Nullable String read(byte[] data, int from, int to) {
    fields.clear();
    unknownNames.clear();
    try (JsonParser parser = FACTORY.createParser(data, from, to - from)) {
      return readObject(parser);
    } catch (StreamConstraintsException e) {
      return "beyond the limits of an entry: " + e.getOriginalMessage();
    } catch (IOException e) {
      String message =
          e instanceof com.fasterxml.jackson.core.JacksonException jackson
              ? jackson.getOriginalMessage()
              : e.getMessage();
      return "not JSON: " + message;
    }
  }

  private @Nullable String readObject(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      return "empty";
    }
    if (first != JsonToken.START_OBJECT) {
      return "not a JSON object but " + first.name();
    }
    String name;
    while ((name = parser.nextFieldName()) != null) {
      WireField field = WireField.of(name);
      if (field == null ? !unknownNames.add(name) : !fields.see(field)) {
        return "the key '" + shortened(name) + "' is there twice";
      }
      JsonToken value = parser.nextToken();
      if (field == null) {
        parser.skipChildren();
      } else {
        take(field, value, parser);
      }
    }
    if (parser.currentToken() != JsonToken.END_OBJECT) {
      return "not JSON: the object does not end";
    }
    return parser.nextToken() == null ? null : "more after the object's end";
  }

  private void take(WireField field, JsonToken token, JsonParser parser) throws IOException {
    if (token == JsonToken.VALUE_NULL || field == WireField.EVENT_ID) {
      parser.skipChildren();
    } else if (field == WireField.VERSION) {
      takeVersion(token, parser);
    } else if (field == WireField.SEQ) {
      takeSeq(token, parser);
    } else if (field.isText() && token == JsonToken.VALUE_STRING) {
      fields.text(field, parser.getText());
    } else if (!field.isText() && token.isNumeric()) {
      double number = parser.getDoubleValue();
      fields.number(field, number == 0 ? Decimals.parse(parser.getText()) : number);
    } else {
      fields.wrong(field);
      parser.skipChildren();
    }
  }

  private void takeVersion(JsonToken token, JsonParser parser) throws IOException {
    if (isLong(token, parser) && parser.getLongValue() == 1) {
      fields.versionOne();
    } else {
      fields.wrong(WireField.VERSION);
      parser.skipChildren();
    }
  }

  private void takeSeq(JsonToken token, JsonParser parser) throws IOException {
    if (isLong(token, parser)) {
      fields.seq(parser.getLongValue());
    } else {
      fields.wrong(WireField.SEQ);
      parser.skipChildren();
    }
  }

  private static boolean isLong(JsonToken token, JsonParser parser) throws IOException {
    return token == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
  }

  static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
