package dev.mdp.ops.deadletter;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.Shards;
import dev.mdp.core.error.ShellWord;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import java.util.List;
import java.util.stream.Stream;

/// Whether the entry of a letter can be sent again, and to which shard.
///
/// @param nowMicros what an entry's append time would be
public record Requeue(int shards, long maxFutureMicros, long nowMicros) {
  public sealed interface Verdict {}

  public record Send(int shard) implements Verdict {}

  /// It would become a dead letter again.
  public record Refuse(String why) implements Verdict {}

  public Verdict judge(DeadLetterView letter) {
    return switch (letter.delivery()) {
      case Delivery.Malformed malformed ->
          new Refuse(
              "its payload still cannot be used: "
                  + malformed.reason()
                  + ": "
                  + malformed.detail());
      case Delivery.Decoded decoded -> judge(letter.dead(), decoded.event());
    };
  }

  private Verdict judge(DeadLetter dead, MarketEvent event) {
    return switch (event) {
      case Tick tick when dead.reason().equals(DeadLetter.SEALED) ->
          new Refuse(
              "its window is sealed, it would only come back; run "
                  + verify(tick, dead.intervals()));
      case Tick tick when tick.isAheadOf(nowMicros, maxFutureMicros) ->
          new Refuse(
              "its src_ts "
                  + Micros.format(tick.srcMicros())
                  + " is still more than max_future_ms ahead of now");
      case Tick tick -> new Send(Shards.of(tick.provider(), tick.symbol().value(), shards));
      case BarEvent bar -> new Send(Shards.of(bar.provider(), bar.bar().symbol().value(), shards));
      case LaneEnd _ when dead.shard() >= shards ->
          new Refuse("it ended a lane in shard " + dead.shard() + ", which no longer exists");
      case LaneEnd _ -> new Send(dead.shard());
    };
  }

  /// The command that folds the event into the windows that missed it.
  private static String verify(Tick tick, List<String> intervals) {
    List<Interval> missed = intervals.stream().flatMap(Requeue::interval).toList();
    long at = tick.srcMicros();
    long from = missed.stream().mapToLong(interval -> interval.start(at)).min().orElse(at);
    long to = missed.stream().mapToLong(interval -> interval.end(at)).max().orElse(at + 1);
    return "mdp verify bars --repair --provider "
        + tick.provider()
        + ShellWord.option(" --symbol", tick.symbol().value())
        + (missed.size() == 1 ? " --interval " + missed.getFirst() : "")
        + " --from "
        + Micros.instant(from)
        + " --to "
        + Micros.instant(to);
  }

  private static Stream<Interval> interval(String text) {
    try {
      return Stream.of(Interval.parse(text));
    } catch (IllegalArgumentException e) {
      return Stream.empty();
    }
  }
}
