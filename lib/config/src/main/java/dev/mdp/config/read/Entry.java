package dev.mdp.config.read;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A node of a YAML document with its place.
public sealed interface Entry {
  Place place();

  /// @param text as written, quotes removed, not expanded
  /// @param kind what YAML 1.1 takes the plain text for
  record Scalar(Place place, String text, Kind kind, boolean quoted) implements Entry {}

  record Sequence(Place place, List<Entry> items) implements Entry {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  record Mapping(Place place, Map<String, Member> members) implements Entry {
    public Mapping {
      members = new LinkedHashMap<>(members);
    }

    public static Mapping empty(Place place) {
      return new Mapping(place, Map.of());
    }
  }

  record Member(Place keyPlace, Entry value) {}

  /// What YAML 1.1 takes a plain scalar for.
  enum Kind {
    TEXT("text"),
    NOTHING("nothing"),
    BOOLEAN("a boolean"),
    NUMBER("a number"),
    OTHER("a date or another type");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }
}
