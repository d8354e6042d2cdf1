package dev.mdp.inference.rules;

import dev.mdp.core.error.Suggestions;
import dev.mdp.core.feature.FeatureKind;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.inference.rules.program.NumberNode;
import dev.mdp.inference.rules.program.ProgramNames;
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
/// feature of a kind. Adds the default of a kind that is named and has no feature, and a feature
/// whose name says its kind and how far it looks back.
final class FeatureNames implements ProgramNames {
  private static final String PRICE = "price";

  private final List<FeatureSpec> configured;
  private final List<FeatureSpec> features;
  private final List<String> notices = new ArrayList<>();
  private final SortedMap<String, FeatureSpec> used = new TreeMap<>();

  FeatureNames(List<FeatureSpec> configured) {
    this.configured = List.copyOf(configured);
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
    FeatureSpec feature = exact.or(() -> byPlainName(name)).or(() -> byItself(name)).orElse(null);
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
    return candidates.isEmpty() ? byDefault(kind) : candidates.getFirst();
  }

  /// A feature that its name describes, as `volume_10s` does.
  private Optional<FeatureSpec> byItself(String name) {
    Optional<FeatureSpec> spec = FeatureSpec.ofName(name);
    spec.ifPresent(added -> {
      features.add(added);
      notices.add(
          "the rules name %s and it is not configured: it is added (%s)"
              .formatted(name, extent(added)));
    });
    return spec;
  }

  private FeatureSpec byDefault(FeatureKind kind) {
    FeatureSpec spec =
        DefaultFeatures.of(kind)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "no %s is configured: add one to features.windows, e.g. { name: %s_1m, horizon: 60s }, or name how far it looks back: %s_1m"
                        .formatted(kind.plainName(), kind.prefix(), kind.prefix())));
    if (features.contains(spec)) {
      return spec;
    }
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
