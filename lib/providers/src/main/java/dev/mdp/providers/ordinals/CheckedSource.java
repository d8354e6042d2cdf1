package dev.mdp.providers.ordinals;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.StoredTicks;
import dev.mdp.providers.dataset.ReadingCounts;
import dev.mdp.providers.dataset.RecordedSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A reading of files without a seq that is first compared with what is stored, as a whole, so that
/// nothing is sent of one that meets another: the files are read twice. Meanwhile [#next] returns
/// nothing and the source is not exhausted. One thread.
public final class CheckedSource implements RecordedSource {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final String dataset;
  private final Supplier<? extends RecordedSource> open;
  private final UnstoredTicks unstored;
  private final RecordedSource compared;
  private final OrdinalCheck check;
  private @Nullable RecordedSource sending;
  private boolean closed;
  private long sent;

  /// @param open opens the reading from its beginning, each time
  /// @param beganFormerReading whether a former reading of the same files began with this tick
  public CheckedSource(
      String dataset,
      String provider,
      Supplier<? extends RecordedSource> open,
      StoredTicks stored,
      UnstoredTicks unstored,
      Predicate<Tick> beganFormerReading) {
    this.dataset = dataset;
    this.open = open;
    this.unstored = unstored;
    this.compared = open.get();
    this.check =
        new OrdinalCheck(
            dataset,
            provider,
            compared,
            new KnownTicks(stored, unstored, provider),
            beganFormerReading);
  }

  /// The reading's first tick, by which it is known again.
  public Optional<Tick> first() {
    return check.first();
  }

  @Override
  public List<MarketEvent> next(int max) {
    RecordedSource source = sending;
    if (source != null) {
      List<MarketEvent> events = source.next(max);
      sent += events.size();
      if (sent > check.rows()) {
        throw new DataException(
            "dataset %s: its files grew while they were read; replay again when they are complete"
                .formatted(dataset));
      }
      return events;
    }
    if (unstored.step() && check.step()) {
      check.requireSameReading();
      compared.close();
      sending = open.get();
    }
    return List.of();
  }

  @Override
  public boolean exhausted() {
    return sending != null && sending.exhausted();
  }

  @Override
  public Duration untilNext() {
    return sending == null && !unstored.isIdle() ? Duration.ZERO : LOOK_AGAIN;
  }

  /// Comparing is the first half of the work.
  @Override
  public OptionalDouble progress() {
    RecordedSource source = sending;
    OptionalDouble share = source == null ? compared.progress() : source.progress();
    return share.isPresent()
        ? OptionalDouble.of((share.getAsDouble() + (source == null ? 0 : 1)) / 2)
        : share;
  }

  @Override
  public ReadingCounts counts() {
    return sending == null ? ReadingCounts.NONE : sending.counts();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      unstored.close();
      if (sending == null) {
        compared.close();
      } else {
        sending.close();
      }
    }
  }
}
