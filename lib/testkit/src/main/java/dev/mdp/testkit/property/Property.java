package dev.mdp.testkit.property;

import dev.mdp.testkit.property.Shrinking.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Checks a property on many cases, each drawn from its own seed. A failure names the seed and the
/// smallest counterexample that was found from it. `-Dmdp.seed=N` replays one seed; `-Dmdp.cases=N`
/// sets how many cases [#check] draws, `-Dmdp.seeds=N` how many [#checkInParallel] does.
public final class Property {
  private static final int SHRINK_TRIES = 3_000;
  private static final long PROGRESS_EVERY = 50_000;

  private Property() {}

  /// Checks this many cases, one after another.
  public static void check(int cases, Case property) {
    long only = Long.getLong("mdp.seed", -1);
    long first = only >= 0 ? only : 0;
    long count = only >= 0 ? 1 : Integer.getInteger("mdp.cases", cases);
    for (long seed = first; seed < first + count; seed++) {
      Failure failure = Shrinking.run(property, Choices.ofSeed(seed));
      if (failure != null) {
        throw counterexample(seed, failure, property);
      }
    }
  }

  /// Checks this many cases on every core; the property must not share anything between them.
  /// Returns how many were checked.
  public static long checkInParallel(int cases, Case property) {
    long only = Long.getLong("mdp.seed", -1);
    if (only >= 0) {
      check(1, property);
      return 1;
    }
    long count = Long.getLong("mdp.seeds", cases);
    Failing first = firstFailing(count, property);
    if (first != null) {
      throw counterexample(first.seed, first.failure, property);
    }
    return count;
  }

  /// A seed whose case fails, and how.
  public record Found(long seed, String message) {}

  /// The smallest seed below this number that fails, or empty when all hold. The case is not made
  /// smaller.
  public static Optional<Found> firstFailure(long seeds, Case property) {
    for (long seed = 0; seed < seeds; seed++) {
      Failure failure = Shrinking.run(property, Choices.ofSeed(seed));
      if (failure != null) {
        return Optional.of(new Found(seed, String.valueOf(failure.error().getMessage())));
      }
    }
    return Optional.empty();
  }

  private record Failing(long seed, Failure failure) {}

  private static @Nullable Failing firstFailing(long count, Case property) {
    AtomicLong next = new AtomicLong();
    AtomicReference<@Nullable Failing> first = new AtomicReference<>();
    int threads = Runtime.getRuntime().availableProcessors();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(executor.submit(() -> checkSome(next, count, property, first)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("the property broke its runner: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    return first.get();
  }

  /// Seeds are handed out in order, so when one fails no smaller one is left behind.
  private static void checkSome(
      AtomicLong next, long count, Case property, AtomicReference<@Nullable Failing> first) {
    while (first.get() == null) {
      long seed = next.getAndIncrement();
      if (seed >= count) {
        return;
      }
      if (seed > 0 && seed % PROGRESS_EVERY == 0) {
        System.out.printf("%,d of %,d seeds begun%n", seed, count);
      }
      Failure failure = Shrinking.run(property, Choices.ofSeed(seed));
      if (failure != null) {
        Failing found = new Failing(seed, failure);
        first.accumulateAndGet(
            found, (a, b) -> a == null || (b != null && b.seed < a.seed) ? b : a);
      }
    }
  }

  private static AssertionError counterexample(long seed, Failure failure, Case property) {
    Failure smallest = new Shrinking(property, failure, SHRINK_TRIES).smallest();
    return new AssertionError(
        "seed "
            + seed
            + " (replay with -Dmdp.seed="
            + seed
            + "): "
            + failure.error().getMessage()
            + failure.shown()
            + "\nsmallest counterexample found ("
            + failure.choices().length
            + " choices down to "
            + smallest.choices().length
            + "): "
            + smallest.error().getMessage()
            + smallest.shown(),
        smallest.error());
  }
}
