package dev.mdp.providers.synthetic;

import dev.mdp.core.event.Symbol;
import java.util.SplittableRandom;

/// One symbol's prices and sizes: geometric Brownian motion without drift, sampled every `dt`:
///
/// `S(t + dt) = S(t) × exp(−σ²·dt/2 + σ·√dt·Z)`, `Z` standard normal,
///
/// the exact solution of `dS = σ S dW` (Hull, Options, Futures, and Other Derivatives, the chapter
/// on Wiener processes and Itô's lemma), so that `E[S(t)] = S(0)`. `σ` is the volatility per √day,
/// `dt` in days. What is seen is rounded to the market's tick of 0.01; the walk itself is not
/// rounded.
///
/// The random numbers depend on the seed and the symbol alone, so a symbol moves the same whatever
/// other symbols there are. One thread.
final class RandomWalk {
  static final double SECONDS_PER_DAY = 86_400;
  static final int TICKS_PER_UNIT = 100;
  static final double LOT = 100;

  private static final double MIN_START = 20;
  private static final double MAX_START = 500;
  private static final double MEDIAN_LOG_LOTS = 0.5;
  private static final double DEVIATION_LOG_LOTS = 1.0;
  private static final long MAX_LOTS = 1_000;

  /// The half of the spread is one 20,000th of the price (1 basis point in all), at least one tick.
  private static final long HALF_SPREAD_SHARE = 20_000;

  private final SplittableRandom random;
  private final double driftPerStep;
  private final double deviationPerStep;
  private final double startPrice;

  private double logReturn;
  private long priceTicks;
  private double size;

  RandomWalk(long seed, Symbol symbol, double volatilityPerDay, double ratePerSecond) {
    random = new SplittableRandom(seed ^ hash(symbol.value()));
    double days = 1 / (ratePerSecond * SECONDS_PER_DAY);
    driftPerStep = -0.5 * volatilityPerDay * volatilityPerDay * days;
    deviationPerStep = volatilityPerDay * Math.sqrt(days);
    startPrice = MIN_START * Math.pow(MAX_START / MIN_START, random.nextDouble());
  }

  /// Moves on by `steps` periods at once; the ticks between are not made.
  void step(long steps) {
    logReturn += driftPerStep * steps + deviationPerStep * Math.sqrt(steps) * random.nextGaussian();
    priceTicks = Math.max(1, Math.round(startPrice * Math.exp(logReturn) * TICKS_PER_UNIT));
    double logLots = MEDIAN_LOG_LOTS + DEVIATION_LOG_LOTS * random.nextGaussian();
    size = LOT * Math.clamp(Math.round(Math.exp(logLots)), 1, MAX_LOTS);
  }

  double price() {
    return (double) priceTicks / TICKS_PER_UNIT;
  }

  double size() {
    return size;
  }

  double bid() {
    return (double) Math.max(1, priceTicks - halfSpread()) / TICKS_PER_UNIT;
  }

  double ask() {
    return (double) (priceTicks + halfSpread()) / TICKS_PER_UNIT;
  }

  private long halfSpread() {
    return Math.max(1, priceTicks / HALF_SPREAD_SHARE);
  }

  /// FNV-1a over the characters (symbols are ASCII), finished with the mixer of MurmurHash3 so that
  /// one letter changes every bit.
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }
}
