package dev.mdp.config;

import dev.mdp.config.read.Scalars;
import dev.mdp.config.read.Section;
import dev.mdp.core.error.Suggestions;
import dev.mdp.core.event.Interval;
import dev.mdp.core.feature.FeatureKind;
import dev.mdp.core.feature.FeatureSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One feature as an operator writes it: what its name says already, `vwap_1m` or `rsi_14`, need
/// not be said again.
final class FeatureEntry {
  private static final int DEFAULT_RSI_PERIODS = 14;
  private static final int DEFAULT_MOM_PERIODS = 10;
  private static final List<String> KINDS =
      Arrays.stream(FeatureKind.values()).map(FeatureKind::prefix).toList();

  private final Section section;
  private final Scalars values;
  private final Optional<String> name;
  private final Optional<FeatureSpec> spec;

  FeatureEntry(Section section) {
    this.section = section;
    values = section.scalars();
    name =
        values.required(
            "name",
            Optional.<String>empty(),
            text -> Optional.of(FeatureSpec.requireName(text)),
            "vwap_1m");
    Optional<FeatureKind> kind = kind();
    if (kind.isEmpty()) {
      readWithoutKind();
      spec = Optional.empty();
    } else {
      spec =
          kind.get().extent() == FeatureKind.Extent.HORIZON
              ? overHorizon(kind.get())
              : overBars(kind.get());
    }
  }

  /// Empty when it has none that can be one.
  Optional<String> name() {
    return name;
  }

  /// Empty when a problem was told that leaves it without a meaning.
  Optional<FeatureSpec> spec() {
    return spec;
  }

  private Optional<FeatureKind> kind() {
    Optional<FeatureKind> ofName = name.flatMap(FeatureKind::ofName);
    Optional<FeatureKind> kind =
        values.parsed("kind", ofName, text -> Optional.of(requireKind(text)));
    if (kind.isEmpty() && name.isPresent() && !isGiven("kind")) {
      String prefix = name.get().replaceFirst("_.*", "");
      section.problem("name", unknownKind("must begin with a kind, or have its own kind:", prefix));
    }
    return kind;
  }

  private Optional<FeatureSpec> overHorizon(FeatureKind kind) {
    refuse("periods", "a %s looks back a time: use horizon: 60s", kind);
    boolean annualize = true;
    if (kind == FeatureKind.VOL) {
      annualize = values.flag("annualize", true);
    } else {
      refuse("annualize", "only a vol is annualized, this is a %s", kind);
    }
    Optional<Interval> horizon = values.parsed("horizon", suffixHorizon(), FeatureEntry::parsed);
    if (horizon.isEmpty() && name.isPresent() && !isGiven("horizon")) {
      section.problem(
          "horizon", "is missing, e.g. horizon: 60s, or a name with it: " + kind.prefix() + "_60s");
    }
    if (horizon.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new FeatureSpec(name.get(), kind, horizon, 0, annualize));
  }

  private Optional<FeatureSpec> overBars(FeatureKind kind) {
    refuse("annualize", "only a vol is annualized, this is a %s", kind);
    refuse("horizon", "a %s looks back evaluation windows: use periods: 14", kind);
    int fallback = kind == FeatureKind.RSI ? DEFAULT_RSI_PERIODS : DEFAULT_MOM_PERIODS;
    Optional<String> digits = suffix().filter(text -> text.matches("[0-9]{1,18}"));
    if (digits.isPresent() && !isGiven("periods")) {
      long periods = Long.parseLong(digits.get());
      if (periods < 1 || periods > FeatureSpec.MAX_PERIODS) {
        section.problem(
            "name", "periods must be 1 to " + FeatureSpec.MAX_PERIODS + ", was " + periods);
      } else {
        fallback = (int) periods;
      }
    }
    int periods = values.integer("periods", fallback, 1, FeatureSpec.MAX_PERIODS);
    return name.map(each -> FeatureSpec.overBars(each, kind, periods));
  }

  /// Reports what is wrong with the rest, of which no one knows what it means.
  private void readWithoutKind() {
    List.of("horizon", "periods", "annualize").stream().filter(this::isGiven).forEach(this::read);
  }

  private void refuse(String key, String message, FeatureKind kind) {
    if (isGiven(key)) {
      read(key);
      section.problem(key, message.formatted(kind.prefix()));
    }
  }

  private void read(String key) {
    switch (key) {
      case "horizon" -> values.optional(key, Interval::parseLength);
      case "periods" -> values.integer(key, 1, 1, FeatureSpec.MAX_PERIODS);
      default -> values.flag(key, true);
    }
  }

  private boolean isGiven(String key) {
    return section.names().contains(key);
  }

  /// What the name says after its last `_`.
  private Optional<String> suffix() {
    return name.filter(text -> text.contains("_"))
        .map(text -> text.substring(text.lastIndexOf('_') + 1));
  }

  private Optional<Interval> suffixHorizon() {
    try {
      return suffix().map(Interval::parseLength);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<Interval> parsed(String text) {
    return Optional.of(Interval.parseLength(text));
  }

  private static FeatureKind requireKind(String text) {
    return FeatureKind.ofPrefix(text)
        .orElseThrow(() -> new IllegalArgumentException(unknownKind("want a kind", text)));
  }

  private static String unknownKind(String want, String text) {
    return "%s (%s), was '%s'%s"
        .formatted(want, String.join(", ", KINDS), text, Suggestions.phrase(text, KINDS));
  }
}
