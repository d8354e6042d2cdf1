package dev.mdp.core.feature;

import dev.mdp.core.event.Interval;
import java.util.Optional;
import java.util.regex.Pattern;

/// One configured feature. Its name is an identifier, because conditions use it.
///
/// @param horizon how far back it looks, where the kind's extent is a horizon
/// @param periods how many evaluation bars it looks back, where the kind's extent is bars; else 0
/// @param annualize whether a volatility is scaled to a year of 365 days
public record FeatureSpec(
    String name, FeatureKind kind, Optional<Interval> horizon, int periods, boolean annualize) {
  public static final int MAX_PERIODS = 10_000;
  private static final Pattern PERIODS = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

  public FeatureSpec {
    requireName(name);
    boolean byHorizon = kind.extent() == FeatureKind.Extent.HORIZON;
    if (byHorizon != horizon.isPresent() || byHorizon != (periods == 0)) {
      throw new IllegalArgumentException(
          name + ": a " + kind.prefix() + " wants " + (byHorizon ? "a horizon" : "periods"));
    }
    if (!byHorizon && (periods < 1 || periods > MAX_PERIODS)) {
      throw new IllegalArgumentException(
          name + ": periods must be 1 to " + MAX_PERIODS + ", was " + periods);
    }
  }

  public static FeatureSpec overHorizon(String name, FeatureKind kind, Interval horizon) {
    return new FeatureSpec(name, kind, Optional.of(horizon), 0, true);
  }

  public static FeatureSpec overBars(String name, FeatureKind kind, int periods) {
    return new FeatureSpec(name, kind, Optional.empty(), periods, true);
  }

  /// What a name says by itself: a kind and a horizon or a number of evaluation bars, as in
  /// `volume_10s`, `ret_2s` and `mom_3`; empty when it does not say both.
  public static Optional<FeatureSpec> ofName(String name) {
    int end = name.indexOf('_');
    Optional<FeatureKind> kind = FeatureKind.ofName(name);
    if (end < 0 || kind.isEmpty() || !IDENTIFIER.matcher(name).matches()) {
      return Optional.empty();
    }
    String extent = name.substring(end + 1);
    try {
      return Optional.of(
          kind.get().extent() == FeatureKind.Extent.HORIZON
              ? overHorizon(name, kind.get(), Interval.parseLength(extent))
              : overBars(name, kind.get(), periods(extent)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static int periods(String digits) {
    if (!PERIODS.matcher(digits).matches()) {
      throw new IllegalArgumentException("not a number of evaluation bars: '" + digits + "'");
    }
    return Integer.parseInt(digits);
  }

  public static String requireName(String name) {
    if (!IDENTIFIER.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "not a feature's name: '" + name + "' (want [A-Za-z][A-Za-z0-9_]{0,63})");
    }
    return name;
  }
}
