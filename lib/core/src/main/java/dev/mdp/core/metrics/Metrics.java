package dev.mdp.core.metrics;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.store.Outcome;
import java.time.Duration;

/// What every part counts, in the words of the domain; the names and labels of the exposition are
/// the business of the implementation. Thread-safe. Counted after COMMIT, never before.
public interface Metrics {
  void eventsIngested(String topic, String provider, long events);

  /// How far the consumer's last entry lies behind now; the live lane only.
  void consumerLag(String topic, String group, String consumer, Duration lag);

  /// This process took a shard or let it go.
  ///
  /// @param epoch of the claim, 0 when it is not owned any more
  void shardOwned(String topic, String group, int shard, long epoch);

  void ledger(String group, String provider, Outcome outcome, long events);

  void flushed(Interval interval, Symbol symbol, long bars);

  /// Wall time from a live window's end to its COMMIT.
  void windowLatency(Interval interval, Duration latency);

  void storeWrite(String table, Duration took, long inserted, long updated, long unchanged);

  /// @param status `success`: rows that were inserted or changed, after COMMIT; `failure`: bars of
  ///   a commit that failed or was not answered, each time it does
  void barsWritten(String method, String status, long bars, Duration took);

  void barsRevised(String provider, long bars);

  /// New rows of `tick_data`.
  void ticksForwarded(String provider, long ticks);

  /// Entries that became dead letters instead of rows.
  void tickForwardFailed(String provider, long ticks);

  void deadLetters(String topic, String reason, long letters);

  /// How many dead letters the topic of `<topic>.dlq` holds now.
  default void deadLettersStored(String topic, long letters) {}

  /// An event came after its window was written or sealed, this much behind its feed's watermark.
  void lateEvent(String group, String provider, Symbol symbol, Duration late);

  void jobRun(String jobName, String provider, String mode, String status);

  void error(String component, String reason);

  /// The features of one symbol were computed at the close of an evaluation window.
  void featuresUpdated(Symbol symbol, Interval window, Duration took);

  /// Over how many windows the features of the symbol that have a value look.
  void activeWindows(Symbol symbol, int windows);

  /// A batch of evaluations was asked.
  ///
  /// @param adapter `rules` or `sklearn`
  void evaluated(String adapter, Duration took);

  void signalEmitted(String name, String adapter);

  /// The model gave nothing. The rules stood in, unless the reason is `undefined`: then an input
  /// had no value yet, and there is no signal.
  void inferenceFallback(String adapter, String reason, long evaluations);
}
