package dev.mdp.bus.codec;

import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Names;
import dev.mdp.core.event.Symbol;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names that come again and again, as shared instances: providers, lanes, symbols. One thread.
final class Vocabulary {
  private static final int NAME_SLOTS = 1 << 10;
  private static final int SYMBOL_SLOTS = 1 << 15;
  private static final int OTHER_SYMBOLS = 1 << 12;

  private final InternTable<String> names =
      new InternTable<>(NAME_SLOTS, text -> Names.isValid(text) ? text : null);
  private final InternTable<Symbol> symbols = new InternTable<>(SYMBOL_SLOTS, this::symbolOf);
  private final Map<String, Symbol> others = new Recent();

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

  /// A symbol of ASCII characters in any case; null for everything else, symbols of other letters
  /// among it.
  @Nullable Symbol symbol(byte[] data, int from, int length) {
    return length > Symbol.MAX_LENGTH ? null : symbols.get(data, from, length);
  }

  /// A symbol in any case; null when it is none.
  @Nullable Symbol symbol(String text) {
    Symbol ascii = text.length() > Symbol.MAX_LENGTH ? null : symbols.get(text);
    return ascii != null ? ascii : otherSymbol(Symbol.canonical(text));
  }

  /// One with letters that are not ASCII, or a long one before its spaces were taken together.
  private @Nullable Symbol otherSymbol(String canonical) {
    if (!Symbol.isCanonical(canonical)) {
      return null;
    }
    Symbol known = symbols.get(canonical);
    return known != null ? known : others.computeIfAbsent(canonical, Symbol::new);
  }

  private @Nullable Symbol symbolOf(String ascii) {
    String canonical = Symbol.canonical(ascii);
    if (!Symbol.isCanonical(canonical)) {
      return null;
    }
    return canonical.equals(ascii) ? new Symbol(ascii) : symbols.get(canonical);
  }

  /// The symbols used last.
  private static final class Recent extends LinkedHashMap<String, Symbol> {
    private static final long serialVersionUID = 1L;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Symbol> eldest) {
      return size() > OTHER_SYMBOLS;
    }
  }
}
