package dev.mdp.pipeline.feed;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.RateLimitedException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.HistoryFeed;
import dev.mdp.core.feed.HistoryPage;
import dev.mdp.core.feed.TradeMark;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks a venue for holes, one page at a time and apart from the feed's thread, and waits where the
/// venue wants it. A newest trade is asked for beside that: what is live does not wait for holes.
/// One thread.
final class Refill {
  private static final Logger LOG = LoggerFactory.getLogger(Refill.class);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final HistoryFeed history;
  private final Executor requests;

  /// When a hole may be asked for again.
  private final Map<Hole, Wait> waits = new HashMap<>();

  private Instant closedUntil = Instant.MIN;
  private @Nullable Request running;
  private @Nullable HeadRequest runningHead;

  private record HeadRequest(Series series, CompletableFuture<Optional<TradeMark>> newest) {}

  private record Hole(Symbol symbol, int epoch, long first) {}

  private record Wait(Instant until, Duration length) {}

  private record Request(HoleSpan span, CompletableFuture<HistoryPage> page) {}

  /// What came of asking for holes.
  sealed interface Answer {
    HoleSpan span();

    record Page(HoleSpan span, HistoryPage page) implements Answer {}

    /// A person has to act; they are not asked for again in this run.
    record Refused(HoleSpan span, String why) implements Answer {}

    /// They will be asked for again later.
    record Later(HoleSpan span) implements Answer {}
  }

  Refill(HistoryFeed history, Executor requests) {
    this.history = history;
    this.requests = requests;
  }

  /// Whether the hole may be asked for at this time: the last answer did not put it off.
  boolean isWanted(FeedGap gap, Instant now) {
    Wait wait = waits.get(hole(gap));
    return wait == null || !now.isBefore(wait.until());
  }

  /// Whether no hole may be asked for at this time, because the venue wants to be left alone.
  boolean isClosed(Instant now) {
    return now.isBefore(closedUntil);
  }

  /// Asks for the first of these holes that may be asked for, and for those after it that the same
  /// page may have, unless a page is awaited.
  ///
  /// @param open those of a series one after another, ascending
  void ask(Collection<FeedGap> open, Instant now) {
    if (isAsking() || isClosed(now)) {
      return;
    }
    HoleSpan.first(open, gap -> isWanted(gap, now))
        .ifPresent(span ->
            running =
                new Request(
                    span,
                    CompletableFuture.supplyAsync(
                        () -> history.page(span.symbol(), span.below(), span.above()), requests)));
  }

  /// Asks for the newest trade of a series, unless that of another one is awaited; returns whether
  /// it did.
  boolean askNewest(Series series, Instant now) {
    if (runningHead != null || isClosed(now)) {
      return false;
    }
    runningHead =
        new HeadRequest(
            series, CompletableFuture.supplyAsync(() -> history.newest(series.symbol()), requests));
    return true;
  }

  /// Whether a page is awaited.
  boolean isAsking() {
    return running != null;
  }

  /// The newest trade of the series that was asked for last, once; empty when it could not be had.
  Optional<Newest> newest(Instant now) {
    HeadRequest request = runningHead;
    if (request == null || !request.newest().isDone()) {
      return Optional.empty();
    }
    runningHead = null;
    try {
      Optional<TradeMark> newest = request.newest().join();
      request.series().pulse().answered();
      return newest.map(mark -> new Newest.Known(request.series(), mark));
    } catch (CompletionException e) {
      String what = String.valueOf(request.series().symbol());
      switch (e.getCause()) {
        case ConfigException refused -> {
          return Optional.of(refused(request.series(), refused));
        }
        case DataException refused -> {
          return Optional.of(refused(request.series(), refused));
        }
        case RateLimitedException limited -> closed(limited, now);
        case MdpException error ->
            LOG.warn("{}: the newest trade is not known: {}", what, error.getMessage());
        case null, default -> throw e;
      }
      return Optional.empty();
    }
  }

  private static Newest refused(Series series, MdpException refused) {
    series.pulse().answered();
    return new Newest.Refused(series, String.valueOf(refused.getMessage()));
  }

  /// What the venue says of a series' newest trade.
  sealed interface Newest {
    Series series();

    record Known(Series series, TradeMark mark) implements Newest {}

    /// It does not want to say.
    record Refused(Series series, String why) implements Newest {}
  }

  private void closed(RateLimitedException limited, Instant now) {
    closedUntil = now.plus(limited.retryAfter());
    LOG.warn("{}; asking again in {} s", limited.getMessage(), limited.retryAfter().toSeconds());
  }

  /// What has come of the last request, once.
  Optional<Answer> answer(Instant now) {
    Request request = running;
    if (request == null || !request.page().isDone()) {
      return Optional.empty();
    }
    running = null;
    try {
      return Optional.of(new Answer.Page(request.span(), request.page().join()));
    } catch (CompletionException e) {
      return Optional.of(failed(request.span(), e, now));
    }
  }

  private Answer failed(HoleSpan span, CompletionException failure, Instant now) {
    return switch (failure.getCause()) {
      case RateLimitedException e -> {
        closed(e, now);
        yield new Answer.Later(span);
      }
      case UnavailableException e -> {
        LOG.warn("{}: {}; asking again later", span.symbol(), e.getMessage());
        span.holes().forEach(gap -> later(gap, now));
        yield new Answer.Later(span);
      }
      case ConfigException e -> new Answer.Refused(span, String.valueOf(e.getMessage()));
      case DataException e -> new Answer.Refused(span, String.valueOf(e.getMessage()));
      case null, default -> throw failure;
    };
  }

  /// The hole is asked for again after a while, each time a longer one.
  void later(FeedGap gap, Instant now) {
    Wait last = waits.get(hole(gap));
    Duration length = last == null ? FIRST_WAIT : last.length().multipliedBy(2);
    Duration bounded = length.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : length;
    waits.put(hole(gap), new Wait(now.plus(bounded), bounded));
  }

  /// The hole is asked for again at this time.
  void laterAt(FeedGap gap, Instant time) {
    waits.put(hole(gap), new Wait(time, FIRST_WAIT));
  }

  /// The hole is closed, or another one is in its place.
  void forget(FeedGap gap) {
    waits.remove(hole(gap));
  }

  private static Hole hole(FeedGap gap) {
    return new Hole(gap.symbol(), gap.epoch(), gap.ids().first());
  }
}
