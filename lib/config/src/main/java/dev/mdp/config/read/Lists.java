package dev.mdp.config.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Reads the lists of words of one section: `[a, b]` in the file, `a,b` from a flag or variable.
public final class Lists {
  private static final int MAX_ITEMS = 10_000;

  private final Section section;
  private final ConfigReader reader;

  Lists(Section section, ConfigReader reader) {
    this.section = section;
    this.reader = reader;
  }

  /// A list of words, each turned into a value.
  public <T> List<T> list(String key, List<T> fallback, Function<String, T> parser) {
    Optional<Entry> entry = section.member(key);
    Optional<Given> override = reader.overrides().find(section.path(key));
    List<Given> items = new ArrayList<>();
    Origin origin = Origin.DEFAULT;
    boolean given = true;
    if (override.isPresent()) {
      origin = override.get().origin();
      items = split(override.get());
    } else if (entry.isPresent() && entry.get() instanceof Entry.Sequence sequence) {
      origin = new Origin(Origin.Kind.FILE, sequence.place().toString());
      items = expand(key, sequence);
    } else {
      given = false;
      if (entry.isPresent() && !Section.isNothing(entry.get())) {
        section.problem(entry.get().place(), key, "want a list, e.g. [a, b]");
      }
    }
    List<T> values = given ? parse(key, items, parser) : fallback;
    reader.record(section.path(key), Setting.shown(values), origin);
    return values;
  }

  /// One value or a list of them; at least one. A flag or variable names several in brackets.
  ///
  /// @param parser takes the text and where it stands
  public <T> List<T> oneOrMore(String key, BiFunction<String, Place, T> parser, String example) {
    Optional<Entry> entry = section.member(key);
    Optional<Given> override = reader.overrides().find(section.path(key));
    Origin origin = Origin.DEFAULT;
    List<Given> items = List.of();
    if (override.isPresent()) {
      origin = override.get().origin();
      boolean several = override.get().text().strip().startsWith("[");
      items = several ? split(override.get()) : List.of(override.get());
    } else if (entry.isPresent()) {
      Entry given = entry.get();
      origin = new Origin(Origin.Kind.FILE, given.place().toString());
      Entry.Sequence all =
          given instanceof Entry.Sequence sequence
              ? sequence
              : new Entry.Sequence(given.place(), List.of(given));
      items = expand(key, all);
    }
    if (items.isEmpty() && !(entry.isPresent() && override.isEmpty() && isOther(entry.get()))) {
      section.problem(key, "is missing, e.g. " + key + ": " + example);
    }
    List<T> values =
        parseAll(key, items, item -> parser.apply(item.asNonEmptyText(), item.place()));
    reader.record(section.path(key), Setting.shown(values), origin);
    return values;
  }

  /// Something that was refused already.
  private static boolean isOther(Entry entry) {
    return !(entry instanceof Entry.Sequence sequence && sequence.items().isEmpty());
  }

  private <T> List<T> parse(String key, List<Given> items, Function<String, T> parser) {
    return parseAll(key, items, item -> parser.apply(item.asNonEmptyText()));
  }

  private <T> List<T> parseAll(String key, List<Given> items, Function<Given, T> parser) {
    List<T> values = new ArrayList<>();
    for (Given item : items) {
      try {
        values.add(parser.apply(item));
      } catch (IllegalArgumentException e) {
        section.problem(item.place(), key, String.valueOf(e.getMessage()));
      }
    }
    return List.copyOf(values);
  }

  private List<Given> expand(String key, Entry.Sequence sequence) {
    List<Given> items = new ArrayList<>();
    for (Entry item : sequence.items()) {
      if (items.size() >= MAX_ITEMS) {
        section.problem(item.place(), key, "more than " + MAX_ITEMS + " items");
        return items;
      }
      if (item instanceof Entry.Scalar scalar) {
        reader.expand(section.path(key), scalar).given().ifPresent(items::add);
      } else {
        section.problem(item.place(), key, "want a list of single values");
      }
    }
    return items;
  }

  private static List<Given> split(Given given) {
    String text = given.text().strip();
    if (text.startsWith("[") && text.endsWith("]")) {
      text = text.substring(1, text.length() - 1);
    }
    List<Given> items = new ArrayList<>();
    for (String item : text.split(",", -1)) {
      if (!(item.isBlank() && text.isBlank())) {
        items.add(new Given(item.strip(), given.place(), given.origin(), null));
      }
    }
    return items;
  }
}
