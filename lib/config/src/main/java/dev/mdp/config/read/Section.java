package dev.mdp.config.read;

import dev.mdp.core.error.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// One mapping of the configuration while it is read. Keys that no one asks for are reported as
/// unknown when the whole configuration was read.
public final class Section {
  private final ConfigReader reader;
  private final String path;
  private final Entry.Mapping mapping;
  private final Set<String> known = new TreeSet<>();
  private final Map<String, String> retired = new LinkedHashMap<>();
  private final List<Section> children = new ArrayList<>();

  Section(ConfigReader reader, String path, Entry.Mapping mapping) {
    this.reader = reader;
    this.path = path;
    this.mapping = mapping;
  }

  /// Its text, numbers and flags.
  public Scalars scalars() {
    return new Scalars(new ScalarLookup(this, reader));
  }

  /// Its times and lengths of time.
  public TimeScalars times() {
    return new TimeScalars(new ScalarLookup(this, reader));
  }

  /// Its values that may hold a password.
  public SecretScalars secrets() {
    return new SecretScalars(new ScalarLookup(this, reader));
  }

  /// Its lists of words.
  public Lists lists() {
    return new Lists(this, reader);
  }

  public String path() {
    return path;
  }

  /// The section under this key; an empty one when it is absent.
  public Section section(String key) {
    return child(path(key), key, member(key));
  }

  /// The mappings of a list, in order; empty when the key is absent.
  public List<Section> list(String key) {
    Optional<Entry> entry = member(key);
    List<Section> sections = new ArrayList<>();
    if (entry.isPresent() && entry.get() instanceof Entry.Sequence sequence) {
      for (Entry item : sequence.items()) {
        String name = key + "[" + sections.size() + "]";
        sections.add(child(path(name), name, Optional.of(item)));
      }
    } else if (entry.isPresent() && !isNothing(entry.get())) {
      problem(entry.get().place(), key, "want a list of mappings (- name: …)");
    }
    return sections;
  }

  /// The sections under names the operator chooses, from the file and from flags.
  ///
  /// @param always names that are there although no one gave them
  public Map<String, Section> named(String key, String... always) {
    Section parent = section(key);
    Set<String> names = new LinkedHashSet<>(List.of(always));
    names.addAll(parent.mapping.members().keySet());
    names.addAll(reader.overrides().namesUnder(parent.path, false));
    Map<String, Section> sections = new LinkedHashMap<>();
    names.forEach(name -> sections.put(name, parent.section(name)));
    return sections;
  }

  /// The keys an operator gave in this section, from the file and from flags, for free-form maps.
  public Collection<String> names() {
    Set<String> names = new LinkedHashSet<>(mapping.members().keySet());
    names.addAll(reader.overrides().namesUnder(path, true));
    return names;
  }

  /// Reports the value of a key that no one gave.
  public void recordDefault(String key, Object value) {
    reader.record(path(key), value, Origin.DEFAULT);
  }

  /// The line where this section begins.
  public int line() {
    return mapping.place().line();
  }

  /// Whether the file has this key.
  public boolean isGiven(String key) {
    return mapping.members().containsKey(key);
  }

  /// Whether the file or a flag gives this key its own keys.
  public boolean isMapping(String key) {
    Entry.Member member = mapping.members().get(key);
    return (member != null && member.value() instanceof Entry.Mapping)
        || !reader.overrides().namesUnder(path(key), false).isEmpty();
  }

  /// Declares a key that other programs know under another name here.
  public Section retired(String key, String remedy) {
    retired.put(key, remedy);
    return this;
  }

  /// Adds a problem about one key of this section, at its value.
  public void problem(String key, String message) {
    Place place =
        reader
            .overrides()
            .find(path(key))
            .map(Given::place)
            .or(() -> Optional.ofNullable(mapping.members().get(key)).map(m -> m.value().place()))
            .orElse(mapping.place());
    problem(place, key, message);
  }

  void problem(Place place, String key, String message) {
    // of a flag the place names the path already
    boolean named = place.equals(Overrides.placeOfFlag(path(key)));
    reader.problems().add(place, path(key), named ? "" : path(key) + ": ", message);
  }

  Optional<Entry> member(String key) {
    known.add(key);
    return Optional.ofNullable(mapping.members().get(key)).map(Entry.Member::value);
  }

  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  Collection<String> known() {
    return known;
  }

  void reportUnknown() {
    mapping
        .members()
        .forEach((key, member) -> {
          if (!known.contains(key)) {
            reader.problems().add(member.keyPlace(), path(key), "", unknown(key, member.value()));
          }
        });
    children.forEach(Section::reportUnknown);
  }

  private String unknown(String key, Entry value) {
    String remedy = retired.get(key);
    if (remedy != null) {
      return "key '" + key + "' is not used here: " + remedy;
    }
    String where = path.isEmpty() ? "" : " in " + path;
    String phrase = Suggestions.phrase(key, known);
    boolean besideSecret =
        path.startsWith("bus") || known.stream().anyMatch(Redaction::isSecretKey);
    boolean tornOff = isNothing(value) && besideSecret;
    if (!Redaction.isName(key) || (tornOff && phrase.isEmpty())) {
      // of `{url: postgresql://u:a, b@h/db}` YAML makes two keys
      return "unknown key" + where + ", not shown: it may be part of a secret (quote the secret)";
    }
    return phrase.isEmpty()
        ? "unknown key '" + key + "'" + where + " (known: " + String.join(", ", known) + ")"
        : "unknown key '" + key + "'" + phrase;
  }

  private Section child(String childPath, String key, Optional<Entry> entry) {
    Entry.Mapping found = Entry.Mapping.empty(mapping.place());
    if (entry.isPresent()) {
      if (entry.get() instanceof Entry.Mapping nested) {
        found = nested;
      } else if (!isNothing(entry.get())) {
        problem(entry.get().place(), key, "want a mapping (key: value)");
      }
    }
    Section section = new Section(reader, childPath, found);
    children.add(section);
    return section;
  }

  static boolean isNothing(Entry entry) {
    return entry instanceof Entry.Scalar scalar
        && scalar.kind() == Entry.Kind.NOTHING
        && !scalar.quoted();
  }
}
