package dev.mdp.providers.wire;

import com.fasterxml.jackson.core.JsonParser;
import dev.mdp.core.event.Symbol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The symbols that were asked for, found by a venue's characters without making a text of them.
/// One thread.
public final class SymbolTable {
  private static final int FIRST_BUCKETS = 64;
  private static final Pattern BETWEEN_NAMES = Pattern.compile("[\\s\"'`,;()\\[\\]{}@]+");

  private @Nullable Entry[] buckets = new @Nullable Entry[FIRST_BUCKETS];
  private int size;

  private record Entry(char[] text, Symbol symbol, @Nullable Entry next) {
    boolean is(char[] other, int from, int length) {
      if (text.length != length) {
        return false;
      }
      for (int i = 0; i < length; i++) {
        if (text[i] != other[from + i]) {
          return false;
        }
      }
      return true;
    }
  }

  public void addAll(Collection<Symbol> symbols) {
    for (Symbol symbol : symbols) {
      char[] text = symbol.value().toCharArray();
      if (get(text, 0, text.length) == null) {
        if (size++ == buckets.length) {
          grow();
        }
        put(buckets, text, symbol);
      }
    }
  }

  /// The symbol that is the parser's value; null when no one asked for it.
  public @Nullable Symbol get(JsonParser parser) throws IOException {
    return get(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
  }

  @Nullable Symbol get(char[] text, int from, int length) {
    int bucket = hash(text, from, length) & (buckets.length - 1);
    for (Entry entry = buckets[bucket]; entry != null; entry = entry.next) {
      if (entry.is(text, from, length)) {
        return entry.symbol;
      }
    }
    return null;
  }

  /// Those that a sentence of the venue names, in any case.
  public List<Symbol> namedIn(String sentence) {
    List<Symbol> named = new ArrayList<>();
    for (String word : BETWEEN_NAMES.split(sentence, -1)) {
      char[] text = Symbol.canonical(word).toCharArray();
      // the full stop after a sentence, a colon before one
      int length = text.length;
      while (length > 0 && (text[length - 1] == '.' || text[length - 1] == ':')) {
        length--;
      }
      Symbol symbol = get(text, 0, length);
      if (symbol != null && !named.contains(symbol)) {
        named.add(symbol);
      }
    }
    return named;
  }

  private void grow() {
    @Nullable Entry[] larger = new @Nullable Entry[buckets.length * 2];
    for (Entry first : buckets) {
      for (Entry entry = first; entry != null; entry = entry.next) {
        put(larger, entry.text, entry.symbol);
      }
    }
    buckets = larger;
  }

  private static void put(@Nullable Entry[] into, char[] text, Symbol symbol) {
    int bucket = hash(text, 0, text.length) & (into.length - 1);
    into[bucket] = new Entry(text, symbol, into[bucket]);
  }

  private static int hash(char[] text, int from, int length) {
    int hash = 0;
    for (int i = from; i < from + length; i++) {
      hash = hash * 31 + text[i];
    }
    return hash ^ hash >>> 16;
  }
}
