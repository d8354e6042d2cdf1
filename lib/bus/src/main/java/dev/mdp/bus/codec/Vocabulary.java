package dev.mdp.bus.codec;

import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Names;
import dev.mdp.core.event.Symbol;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The names that come again and again, as shared instances: providers, lanes, symbols. One thread.
final class Vocabulary {
  private static final int NAME_SLOTS = 1 << 10;
  private static final int SYMBOL_SLOTS = 1 << 15;

  private final InternTable<String> names =
      new InternTable<>(NAME_SLOTS, text -> Names.isValid(text) ? text : null);
  private final InternTable<Symbol> symbols = new InternTable<>(SYMBOL_SLOTS, this::symbolOf);

  /// A provider or lane; null when it is none.
  @Nullable String name(byte[] data, int from, int length) {
    return names.get(data, from, length);
  }

  @Nullable String name(String text) {
    return text.length() > Names.MAX_LENGTH ? null : names.get(text);
  }

  /// A lane, where the empty text is the live one; null when it is none.
  @Nullable String lane(String text) {
    return text.isEmpty() ? MarketEvent.LIVE : name(text);
  }

  /// A symbol in any case; null when it is none.
  @Nullable Symbol symbol(byte[] data, int from, int length) {
    return length > Symbol.MAX_LENGTH ? null : symbols.get(data, from, length);
  }

  @Nullable Symbol symbol(String text) {
    return text.length() > Symbol.MAX_LENGTH ? null : symbols.get(text);
  }

  private @Nullable Symbol symbolOf(String ascii) {
    String canonical = ascii.toUpperCase(Locale.ROOT);
    if (!Symbol.isCanonical(canonical)) {
      return null;
    }
    return canonical.equals(ascii) ? Symbol.of(ascii) : symbols.get(canonical);
  }
}
