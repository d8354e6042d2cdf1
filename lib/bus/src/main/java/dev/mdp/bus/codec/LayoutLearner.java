package dev.mdp.bus.codec;

import dev.mdp.bus.codec.PredictedLayout.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the layout of one entry that the reference reader accepted as a tick, so its JSON is known
/// to be well-formed. Gives up on escapes, non-ASCII text and nested values. Used once.
final class LayoutLearner {
  private final byte[] data;
  private final int to;
  private final List<Literal> literals = new ArrayList<>();
  private final List<Value> values = new ArrayList<>();
  private final NumberParser numbers = new NumberParser();
  private int literalFrom;
  private int at;

  private LayoutLearner(byte[] data, int from, int to) {
    this.data = data;
    this.to = to;
    this.literalFrom = from;
    this.at = from;
  }

  static @Nullable PredictedLayout learn(byte[] data, int from, int to) {
    return new LayoutLearner(data, from, to).learn();
  }

  private @Nullable PredictedLayout learn() {
    do {
      if (!member() || values.size() > PredictedLayout.MAX_VALUES) {
        return null;
      }
      skipSpace();
    } while (at < to && data[at] == ',');
    literals.add(new Literal(data, literalFrom, to));
    return new PredictedLayout(literals, values);
  }

  /// Reads `{` or `,`, a name, a colon and a value.
  private boolean member() {
    skipSpace();
    at++;
    skipSpace();
    int nameFrom = at + 1;
    int nameTo = at < to && data[at] == '"' ? Words.closingQuote(data, nameFrom, to) : -1;
    if (nameTo < 0) {
      return false;
    }
    at = nameTo + 1;
    skipSpace();
    at++;
    skipSpace();
    String name = new String(data, nameFrom, nameTo - nameFrom, StandardCharsets.US_ASCII);
    return at < to && value(WireField.of(name));
  }

  private boolean value(@Nullable WireField field) {
    return switch (data[at]) {
      case '"' -> text(field);
      case '{', '[' -> false;
      case 't', 'f', 'n' -> constant();
      default -> number(field);
    };
  }

  private boolean text(@Nullable WireField field) {
    int from = at + 1;
    int quote = Words.closingQuote(data, from, to);
    if (quote < 0) {
      return false;
    }
    if (field != WireField.KIND) {
      variable(from, quote, Value.ofText(field));
    }
    at = quote + 1;
    return true;
  }

  private boolean number(@Nullable WireField field) {
    numbers.parse(data, at, to);
    if (numbers.end() < 0) {
      return false;
    }
    if (field != WireField.VERSION) {
      variable(at, numbers.end(), Value.ofNumber(field));
    }
    at = numbers.end();
    return true;
  }

  private boolean constant() {
    while (at < to && data[at] >= 'a' && data[at] <= 'z') {
      at++;
    }
    return true;
  }

  private void variable(int from, int valueTo, Value value) {
    literals.add(new Literal(data, literalFrom, from));
    values.add(value);
    literalFrom = valueTo;
  }

  private void skipSpace() {
    while (at < to && data[at] <= ' ') {
      at++;
    }
  }
}
