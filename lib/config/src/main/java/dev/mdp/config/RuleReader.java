package dev.mdp.config;

import dev.mdp.config.read.Entry;
import dev.mdp.config.read.ScalarPlaces;
import dev.mdp.config.read.Scalars;
import dev.mdp.config.read.Section;
import dev.mdp.core.error.Suggestions;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Names;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.rule.RuleSpec;
import dev.mdp.core.rule.SourceText;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// Reads one rule of a rules file.
final class RuleReader {
  private static final Map<String, Double> WORDS =
      new TreeMap<>(
          Map.of("buy", 1.0, "long", 1.0, "sell", -1.0, "short", -1.0, "hold", 0.0, "flat", 0.0));
  private static final String WANT_SIGNAL =
      "want a number or one of " + String.join(", ", WORDS.keySet());
  private static final String SIGNAL = "signal";
  private static final int MAX_META = 32;
  private static final int MAX_META_TEXT = 1_024;

  private final Section section;
  private final Scalars values;
  private final ScalarPlaces places;

  RuleReader(Section section, ScalarPlaces places) {
    this.section = section;
    this.values = section.scalars();
    this.places = places;
  }

  /// The rule; empty after a problem that leaves nothing to continue with.
  Optional<RuleSpec> read() {
    String name =
        values.required("name", "", text -> Names.require("rule name", text), "momentum_up");
    Optional<SourceText> condition = condition();
    Map<String, Object> meta = meta();
    double value = signal(meta);
    OptionalDouble score = values.optionalDecimal("score");
    List<Symbol> symbols = symbols();
    boolean edge = values.flag("edge", false);
    Optional<Interval> cooldown = section.times().optionalInterval("cooldown");
    boolean explain = values.flag("explain", false);
    if (name.isEmpty() || condition.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RuleSpec(name, condition.get(), value, score, symbols, edge, cooldown, meta, explain));
  }

  private Optional<SourceText> condition() {
    String key = "condition";
    Optional<Entry.Scalar> scalar = values.verbatim(key);
    if (!section.isGiven(key)) {
      section.problem(key, "is missing, e.g. condition: \"momentum > 0.01\"");
    } else if (scalar.isPresent()) {
      Entry.Scalar found = scalar.get();
      if (found.kind() == Entry.Kind.OTHER) {
        section.problem(key, "YAML takes it for a tag (!) or a date: put it in quotes");
        return Optional.empty();
      }
      if (found.text().isBlank()) {
        section.problem(key, "has no value, e.g. condition: \"momentum > 0.01\"");
        return Optional.empty();
      }
    }
    return scalar.map(places::locate);
  }

  private double signal(Map<String, Object> meta) {
    if (!section.isGiven(SIGNAL)) {
      section.problem(SIGNAL, "is missing: " + WANT_SIGNAL);
    }
    return switch (values.plain(SIGNAL).orElse(0L)) {
      case Number number -> number.doubleValue();
      case String text -> word(text, meta);
      default -> {
        section.problem(SIGNAL, WANT_SIGNAL);
        yield 0;
      }
    };
  }

  private double word(String text, Map<String, Object> meta) {
    String word = text.toLowerCase(Locale.ROOT);
    Double value = WORDS.get(word);
    if (value == null) {
      section.problem(
          SIGNAL, WANT_SIGNAL + ", was '" + text + "'" + Suggestions.phrase(text, WORDS.keySet()));
      return 0;
    }
    if (meta.putIfAbsent(SIGNAL, word) != null) {
      section.problem("meta", "'signal' is where the signal's word '" + word + "' is kept");
    }
    return value;
  }

  private List<Symbol> symbols() {
    List<Symbol> symbols = section.lists().list("symbols", List.of(), Symbol::of);
    if (section.isGiven("symbols") && symbols.isEmpty()) {
      section.problem("symbols", "must name at least one symbol; leave the key out for all");
    }
    if (new HashSet<>(symbols).size() < symbols.size()) {
      section.problem("symbols", "names a symbol twice");
    }
    return symbols;
  }

  private Map<String, Object> meta() {
    Map<String, Object> meta = new TreeMap<>();
    Section given = section.section("meta");
    if (given.names().size() > MAX_META) {
      section.problem("meta", "at most " + MAX_META + " keys, were " + given.names().size());
    }
    for (String key : given.names()) {
      Optional<Object> value = given.scalars().plain(key);
      if (!Names.isValid(key)) {
        given.problem(key, "not a key of meta (want [A-Za-z0-9][A-Za-z0-9._:/-]{0,63})");
      } else if (value.isPresent()
          && value.get() instanceof String text
          && text.length() > MAX_META_TEXT) {
        given.problem(key, "at most " + MAX_META_TEXT + " characters, were " + text.length());
      }
      value.ifPresent(found -> meta.put(key, found));
    }
    return meta;
  }
}
