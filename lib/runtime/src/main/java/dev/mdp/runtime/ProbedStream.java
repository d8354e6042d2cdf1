package dev.mdp.runtime;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.RateLimitedException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.ClockDifference;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.core.feed.UnusableTrade;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What came of subscribing one symbol at a venue. One thread.
public final class ProbedStream implements FeedListener {
  private static final int TRADES = 10;

  private final String provider;
  private final Symbol symbol;
  private final List<Tick> trades = new ArrayList<>();
  private final List<Long> offsets = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private boolean connected;
  private boolean confirmed;
  private @Nullable MdpException failure;

  ProbedStream(String provider, Symbol symbol) {
    this.provider = provider;
    this.symbol = symbol;
  }

  @Override
  public void trade(Tick trade) {
    if (!isComplete()) {
      trades.add(trade);
    }
  }

  /// Whether ten trades have come.
  boolean isComplete() {
    return trades.size() == TRADES;
  }

  @Override
  public void unusable(UnusableTrade trade) {
    remarks.add("a trade is refused here: " + trade.reason());
  }

  @Override
  public void notice(FeedNotice notice) {
    switch (notice) {
      case FeedNotice.Connected _ -> connected = true;
      case FeedNotice.Live _ -> confirmed = true;
      case FeedNotice.Refused refused -> failed(new ConfigException(refused.detail()));
      case FeedNotice.Disconnected gone -> failed(new UnavailableException(gone.detail()));
      case FeedNotice.NotLive gone -> failed(new UnavailableException(gone.detail()));
      case FeedNotice.RateLimited limited ->
          failed(
              new RateLimitedException(
                  "%s wants to be left alone for %d s"
                      .formatted(provider, limited.retryAfter().toSeconds()),
                  limited.retryAfter()));
      case FeedNotice.ClockOffset offset -> offsets.add(Micros.of(offset.ahead()));
      case FeedNotice.Unreadable unreadable ->
          remarks.add("a message cannot be read: " + unreadable.detail());
      case FeedNotice.Head _ -> {}
    }
  }

  /// The first failure is the one that counts.
  void failed(MdpException error) {
    failure = failure == null ? error : failure;
  }

  /// Nothing more is waited for.
  void timeIsOver(Duration time) {
    if (!confirmed) {
      failed(
          new UnavailableException(
              "%s did not confirm %s within %d s".formatted(provider, symbol, time.toSeconds())));
    }
  }

  /// The first ten.
  public List<Tick> trades() {
    return trades;
  }

  public boolean connected() {
    return connected;
  }

  /// Whether the venue confirmed the symbol.
  public boolean confirmed() {
    return confirmed;
  }

  /// What is odd and breaks nothing.
  public List<String> remarks() {
    return remarks;
  }

  public Optional<MdpException> failure() {
    return Optional.ofNullable(failure);
  }

  /// Whether a message said what the venue's clock is.
  boolean hasClock() {
    return !offsets.isEmpty();
  }

  /// How far the venue's clock is ahead of ours: the median of what its messages say. Where they
  /// have no times, what the youngest trade shows, which may be much older than its message. Empty
  /// when neither came.
  public Optional<Duration> clockAhead() {
    OptionalLong ahead =
        offsets.isEmpty()
            ? trades.stream().mapToLong(trade -> trade.srcMicros() - trade.ingestMicros()).max()
            : OptionalLong.of(offsets.stream().sorted().toList().get((offsets.size() - 1) / 2));
    return ahead.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.of(ahead.getAsLong(), ChronoUnit.MICROS));
  }

  /// Throws [ConfigException] when trades cannot be used by these clocks.
  ///
  /// @param maxFuture how far they may be ahead
  public void requireClock(Duration maxFuture) {
    Duration ahead = clockAhead().orElse(Duration.ZERO);
    if (ahead.compareTo(maxFuture) > 0) {
      throw ClockDifference.tooFarAhead(provider, ahead, maxFuture);
    }
  }
}
