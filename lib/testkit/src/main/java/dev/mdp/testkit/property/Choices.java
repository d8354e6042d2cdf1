package dev.mdp.testkit.property;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What one case is made from: random numbers that are remembered, each as the number that was
/// chosen out of a range. A remembered sequence gives the same case again, and a sequence with
/// smaller numbers, or fewer of them, a smaller case: after its end every choice is the first one
/// of its range. One thread.
public final class Choices implements RandomGenerator {
  private final @Nullable SplittableRandom random;
  private final long[] given;
  private long[] taken = new long[64];
  private int count;
  private final Map<String, Object> shown = new LinkedHashMap<>();

  private Choices(@Nullable SplittableRandom random, long[] given) {
    this.random = random;
    this.given = given;
  }

  /// The case of this seed.
  public static Choices ofSeed(long seed) {
    return new Choices(new SplittableRandom(seed), new long[0]);
  }

  /// The case of these choices; what is beyond its range becomes the range's last.
  static Choices of(long[] choices) {
    return new Choices(null, choices);
  }

  /// What was chosen so far.
  long[] taken() {
    return Arrays.copyOf(taken, count);
  }

  /// Says what a counterexample is made of, for its message; the last value of a name counts.
  public <T> T show(String name, T value) {
    shown.put(name, value);
    return value;
  }

  String shown() {
    StringBuilder text = new StringBuilder();
    shown.forEach((name, value) -> text.append("\n  ").append(name).append(" = ").append(value));
    return text.toString();
  }

  /// One of these; the first is the simplest.
  public <T> T oneOf(List<T> items) {
    return items.get(nextInt(items.size()));
  }

  /// True once in N times.
  public boolean onceIn(int times) {
    return nextInt(times) == times - 1;
  }

  private long choose(long bound) {
    long value;
    if (random != null) {
      value = random.nextLong(bound);
    } else {
      value = count < given.length ? Math.clamp(given[count], 0, bound - 1) : 0;
    }
    return remember(value);
  }

  private long remember(long value) {
    if (count == taken.length) {
      taken = Arrays.copyOf(taken, count * 2);
    }
    taken[count++] = value;
    return value;
  }

  @Override
  public long nextLong() {
    if (random != null) {
      return remember(random.nextLong());
    }
    return remember(count < given.length ? given[count] : 0);
  }

  @Override
  public int nextInt() {
    return (int) nextLong();
  }

  @Override
  public int nextInt(int bound) {
    return (int) choose(bound);
  }

  @Override
  public int nextInt(int origin, int bound) {
    return (int) (origin + choose((long) bound - origin));
  }

  @Override
  public long nextLong(long bound) {
    return choose(bound);
  }

  /// The range may be as wide as the positive longs, which is enough for every time and price.
  @Override
  public long nextLong(long origin, long bound) {
    return origin + choose(Math.subtractExact(bound, origin));
  }

  @Override
  public boolean nextBoolean() {
    return choose(2) == 1;
  }

  @Override
  public double nextDouble() {
    return choose(1L << 53) * 0x1p-53;
  }
}
