package dev.mdp.config.read;

import java.util.Map;
import java.util.Optional;

/// `{file: path}` or `{credential: name}` in the place of a value.
final class SecretReference {
  private SecretReference() {}

  static boolean isOne(Entry.Mapping mapping) {
    return mapping.members().containsKey("file") || mapping.members().containsKey("credential");
  }

  static ScalarLookup.Found read(
      Entry.Mapping mapping, Section section, String key, ConfigReader reader) {
    Map.Entry<String, Entry.Member> only = mapping.members().entrySet().iterator().next();
    if (mapping.members().size() != 1
        || !(only.getValue().value() instanceof Entry.Scalar scalar)) {
      section.problem(mapping.place(), key, "want {file: path} or {credential: name} alone");
      return new ScalarLookup.Found(Optional.empty(), true);
    }
    ConfigReader.Expanded expanded = reader.expand(section.path(key), scalar);
    if (expanded.given().isEmpty()) {
      return new ScalarLookup.Found(Optional.empty(), true);
    }
    String name = expanded.given().get().text();
    try {
      String value =
          only.getKey().equals("file")
              ? reader.secretFiles().file(name)
              : reader.secretFiles().credential(name);
      Origin origin =
          new Origin(
              Origin.Kind.FILE, "secret " + only.getKey() + " " + name + ", " + scalar.place());
      return new ScalarLookup.Found(
          Optional.of(new Given(value, scalar.place(), origin, null)), false);
    } catch (IllegalArgumentException e) {
      if (!reader.allowsMissing()) {
        section.problem(scalar.place(), key, String.valueOf(e.getMessage()));
      }
      return new ScalarLookup.Found(Optional.empty(), true);
    }
  }
}
