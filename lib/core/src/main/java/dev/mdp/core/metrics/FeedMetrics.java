package dev.mdp.core.metrics;

import java.time.Duration;

/// What is counted of live feeds. Thread-safe.
public interface FeedMetrics extends Counted {
  FeedMetrics NONE = of(MetricSink.NONE);

  static FeedMetrics of(MetricSink sink) {
    return new FeedMetrics() {
      @Override
      public MetricSink sink() {
        return sink;
      }
    };
  }

  /// Trades whose ids were published before: the venue sent them again.
  default void known(String provider, long trades) {
    sink().add("feed_known_trades_total", trades, "provider", provider);
  }

  /// A connection ended.
  default void disconnected(String provider, String cause) {
    sink().add("feed_disconnects_total", 1, "provider", provider, "cause", cause);
  }

  /// Holes that are open now, and how many ids they have.
  default void open(String provider, long gaps, long ids) {
    sink().set("feed_open_gaps", gaps, "provider", provider);
    sink().set("feed_open_gap_ids", ids, "provider", provider);
  }

  /// Trades that were published from the venue's history.
  default void filled(String provider, long trades) {
    sink().add("feed_filled_trades_total", trades, "provider", provider);
  }

  /// The venue refused a symbol, or all that was asked for.
  default void refused(String provider) {
    sink().add("feed_refused_total", 1, "provider", provider);
  }

  /// Messages that could not be read.
  default void unreadable(String provider) {
    sink().add("feed_unreadable_total", 1, "provider", provider);
  }

  /// How far the venue's clock is ahead of ours.
  default void clockOffset(String provider, Duration ahead) {
    sink().set("feed_clock_offset_ms", ahead.toMillis(), "provider", provider);
  }
}
