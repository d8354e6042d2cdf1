package dev.mdp.inference.rules;

import dev.mdp.core.error.Suggestions;
import dev.mdp.core.feature.FeatureKind;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.inference.rules.program.Names;
import dev.mdp.inference.rules.program.NumberNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What conditions may name: the configured features, `price`, and by its plain name the one
/// feature of a kind. Adds the default of a kind that is named and has no feature.
final class FeatureNames implements Names {
  private static final String PRICE = "price";

  private final List<FeatureSpec> features;
  private final List<String> notices = new ArrayList<>();
  private final SortedMap<String, FeatureSpec> used = new TreeMap<>();

  FeatureNames(List<FeatureSpec> configured) {
    this.features = new ArrayList<>(configured);
  }

  /// The configured ones, then those that were added.
  List<FeatureSpec> features() {
    return List.copyOf(features);
  }

  /// What was added, a sentence each.
  List<String> notices() {
    return List.copyOf(notices);
  }

  /// The features named since the last call, by words that change when a feature does.
  SortedMap<String, FeatureSpec> takeUsed() {
    SortedMap<String, FeatureSpec> taken = new TreeMap<>(used);
    used.clear();
    return taken;
  }

  @Override
  public NumberNode number(String name) {
    Optional<FeatureSpec> exact =
        features.stream().filter(spec -> spec.name().equals(name)).findFirst();
    if (name.equals(PRICE)) {
      if (exact.isPresent()) {
        throw new IllegalArgumentException(
            "'price' is the last price, and a feature has the same name: rename the feature");
      }
      return new NumberNode.Price();
    }
    FeatureSpec feature = exact.or(() -> byPlainName(name)).or(() -> byDefault(name)).orElse(null);
    if (feature == null) {
      throw new IllegalArgumentException("unknown name '" + name + "'" + nearest(name));
    }
    used.put(feature.toString(), feature);
    return new NumberNode.Feature(features.indexOf(feature));
  }

  @Override
  public Collection<String> known() {
    TreeSet<String> known =
        features.stream().map(FeatureSpec::name).collect(Collectors.toCollection(TreeSet::new));
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
    return candidates.isEmpty() ? add(kind) : candidates.getFirst();
  }

  /// The default of a kind by its own name, whether it was added before or not.
  private Optional<FeatureSpec> byDefault(String name) {
    return DefaultFeatures.named(name)
        .filter(spec -> ofKind(spec.kind()).isEmpty())
        .map(spec -> add(spec.kind()));
  }

  private FeatureSpec add(FeatureKind kind) {
    FeatureSpec spec =
        DefaultFeatures.of(kind)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "no %s is configured: add one to features.windows, e.g. { name: %s_1m, horizon: 60s }"
                        .formatted(kind.plainName(), kind.prefix())));
    if (features.stream().anyMatch(each -> each.name().equals(spec.name()))) {
      throw new IllegalArgumentException(
          "no %s is configured, and the name of its default, %s, is another feature's"
              .formatted(kind.plainName(), spec.name()));
    }
    features.add(spec);
    notices.add(
        "the rules name a %s and none is configured: %s is added (%s)"
            .formatted(kind.plainName(), spec.name(), extent(spec)));
    return spec;
  }

  private static String extent(FeatureSpec spec) {
    return spec.horizon().isPresent()
        ? "horizon " + spec.horizon().get()
        : spec.periods() + " evaluation bars";
  }

  private List<FeatureSpec> ofKind(FeatureKind kind) {
    return features.stream().filter(spec -> spec.kind() == kind).toList();
  }

  private String nearest(String name) {
    String phrase = Suggestions.phrase(name, known());
    return phrase.isEmpty() ? " (known: " + String.join(", ", known()) + ")" : phrase;
  }
}
