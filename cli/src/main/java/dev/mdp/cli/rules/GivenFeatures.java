package dev.mdp.cli.rules;

import dev.mdp.core.error.Suggestions;
import dev.mdp.core.feature.FeatureKind;
import dev.mdp.core.feature.FeatureSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Values of features as they are on the command line: `momentum=0.02,rsi_14=71,price=101`. What is
/// not there is undefined. Throws `IllegalArgumentException` with what to tell.
final class GivenFeatures {
  private static final String PRICE = "price";
  private static final String UNDEFINED = "undefined";

  private final List<FeatureSpec> features;

  /// @param features those that the rules know, in the order of the values
  GivenFeatures(List<FeatureSpec> features) {
    this.features = List.copyOf(features);
  }

  /// @param features in the order of the rules' features; NaN is undefined
  record Values(double price, double[] features) {}

  Values parse(String text) {
    double price = Double.NaN;
    double[] values = new double[features.size()];
    Arrays.fill(values, Double.NaN);
    Set<String> given = new TreeSet<>();
    for (String each : text.split(",", -1)) {
      int sign = each.indexOf('=');
      if (sign < 0) {
        throw new IllegalArgumentException("want name=number,…, was '" + each.strip() + "'");
      }
      String name = resolve(each.substring(0, sign).strip());
      if (!given.add(name)) {
        throw new IllegalArgumentException("'" + name + "' is given twice");
      }
      double value = number(name, each.substring(sign + 1).strip());
      if (name.equals(PRICE)) {
        price = value;
      } else {
        values[names().indexOf(name)] = value;
      }
    }
    return new Values(price, values);
  }

  /// The feature's own name.
  private String resolve(String name) {
    if (name.equals(PRICE) || names().contains(name)) {
      return name;
    }
    List<String> ofKind =
        features.stream()
            .filter(spec -> spec.kind().plainName().equals(name))
            .map(FeatureSpec::name)
            .toList();
    if (ofKind.size() == 1) {
      return ofKind.getFirst();
    }
    if (ofKind.size() > 1) {
      throw new IllegalArgumentException(
          "'" + name + "' could be " + String.join(" or ", ofKind) + ": name one of them");
    }
    Set<String> known = known();
    String near = Suggestions.phrase(name, known);
    throw new IllegalArgumentException(
        "no rule and no feature knows '"
            + name
            + "'"
            + (near.isEmpty() ? " (known: " + String.join(", ", known) + ")" : near));
  }

  private List<String> names() {
    return features.stream().map(FeatureSpec::name).toList();
  }

  private Set<String> known() {
    List<String> known = new ArrayList<>(names());
    features.stream().map(FeatureSpec::kind).map(FeatureKind::plainName).forEach(known::add);
    known.add(PRICE);
    return new TreeSet<>(known);
  }

  private static double number(String name, String text) {
    if (text.equals(UNDEFINED)) {
      return Double.NaN;
    }
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new IllegalArgumentException(
        "%s: want a finite number or %s, was '%s'".formatted(name, UNDEFINED, text));
  }
}
