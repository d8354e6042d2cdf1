package dev.mdp.inference.rules;

import dev.mdp.core.error.Suggestions;
import dev.mdp.core.feature.FeatureKind;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.inference.rules.program.NumberNode;
import dev.mdp.inference.rules.program.ProgramNames;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What conditions may name: the configured features, `price`, and by its plain name the one
/// feature of a kind.
final class FeatureNames implements ProgramNames {
  private static final String PRICE = "price";

  private final List<FeatureSpec> configured;
  private final CompletedFeatures features;
  private final SortedMap<String, FeatureSpec> used = new TreeMap<>();

  FeatureNames(List<FeatureSpec> configured) {
    this.configured = List.copyOf(configured);
    this.features = new CompletedFeatures(configured);
  }

  /// The configured ones, then those that were added.
  List<FeatureSpec> features() {
    return features.all();
  }

  /// What was added, a sentence each.
  List<String> notices() {
    return features.notices();
  }

  /// The features named since the last call, by words that change when a feature does.
  SortedMap<String, FeatureSpec> takeUsed() {
    SortedMap<String, FeatureSpec> taken = new TreeMap<>(used);
    used.clear();
    return taken;
  }

  @Override
  public NumberNode number(String name) {
    Optional<FeatureSpec> exact = features.find(name);
    if (name.equals(PRICE)) {
      if (exact.isPresent()) {
        throw new IllegalArgumentException(
            "'price' is the last price, and a feature has the same name: rename the feature");
      }
      return new NumberNode.Price();
    }
    FeatureSpec feature =
        exact.or(() -> byPlainName(name)).or(() -> features.byItself(name)).orElse(null);
    if (feature == null) {
      throw new IllegalArgumentException("unknown name '" + name + "'" + nearest(name));
    }
    used.put(feature.toString(), feature);
    return new NumberNode.Feature(features.all().indexOf(feature));
  }

  @Override
  public Collection<String> known() {
    TreeSet<String> known =
        features.all().stream()
            .map(FeatureSpec::name)
            .collect(Collectors.toCollection(TreeSet::new));
    Arrays.stream(FeatureKind.values())
        .filter(kind -> DefaultFeatures.of(kind).isPresent() || !ofKind(kind).isEmpty())
        .forEach(kind -> known.add(kind.plainName()));
    known.add(PRICE);
    return known;
  }

  private Optional<FeatureSpec> byPlainName(String name) {
    for (FeatureKind kind : FeatureKind.values()) {
      if (kind.plainName().equals(name)) {
        return Optional.of(theOne(kind));
      }
    }
    return Optional.empty();
  }

  private FeatureSpec theOne(FeatureKind kind) {
    List<FeatureSpec> candidates = ofKind(kind);
    if (candidates.size() > 1) {
      throw new IllegalArgumentException(
          "'%s' could be %s: name one of them"
              .formatted(
                  kind.plainName(),
                  candidates.stream().map(FeatureSpec::name).collect(Collectors.joining(" or "))));
    }
    return candidates.isEmpty() ? features.byDefault(kind) : candidates.getFirst();
  }

  /// The configured ones: what rules name besides must not change what a plain name means.
  private List<FeatureSpec> ofKind(FeatureKind kind) {
    return configured.stream().filter(spec -> spec.kind() == kind).toList();
  }

  private String nearest(String name) {
    String phrase = Suggestions.phrase(name, known());
    if (!phrase.isEmpty()) {
      return phrase;
    }
    return FeatureKind.ofName(name)
        .map(kind ->
            kind.extent() == FeatureKind.Extent.HORIZON
                ? " (a %s looks back a time: %s_30s)".formatted(kind.prefix(), kind.prefix())
                : " (a %s looks back evaluation bars, 1 to %d: %s_14)"
                    .formatted(kind.prefix(), FeatureSpec.MAX_PERIODS, kind.prefix()))
        .orElseGet(() ->
            " (known: " + String.join(", ", known()) + "; volume_10s and the like are added)");
  }
}
