package dev.mdp.pipeline.ownership;

import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointKey;
import java.util.Optional;

/// Compares a checkpoint with the log it was made from: is everything that it still needs there?
public final class LogCheck {
  private LogCheck() {}

  /// What is wrong, in words for the operator, or empty when the log is the one that the checkpoint
  /// knows.
  static Optional<String> lost(CheckpointKey key, Checkpoint checkpoint, ShardSubscription log) {
    if (checkpoint.position().equals(Position.START)) {
      return Optional.empty();
    }
    LogBounds bounds = log.bounds();
    Optional<LogAnchor> known = checkpoint.anchor();
    if (known.isPresent()) {
      Optional<LogAnchor> found = log.anchor(known.get().position());
      Optional<String> other = lostBefore(key, checkpoint.position(), known.get(), bounds, found);
      if (other.isPresent()) {
        return other;
      }
    }
    return log.anchor(checkpoint.position()).isEmpty()
        ? Optional.of(tailCut(key, checkpoint.position(), bounds))
        : Optional.empty();
  }

  /// The last entry consumed is not there, though what is before it is.
  public static String tailCut(CheckpointKey key, Position position, LogBounds bounds) {
    return lead(key)
        + "the last consumed entry "
        + position
        + " is not there, and the log's last position is "
        + bounds.lastEver()
        + " now: its tail was cut. Lost: entries up to "
        + position;
  }

  /// What is wrong with the log by its anchor.
  ///
  /// @param position the last entry consumed
  /// @param found what is in the log where the known anchor was
  public static Optional<String> lostBefore(
      CheckpointKey key,
      Position position,
      LogAnchor known,
      LogBounds bounds,
      Optional<LogAnchor> found) {
    Position anchor = known.position();
    if (found.isEmpty()) {
      String now =
          bounds
              .first()
              .map(first -> "the log begins at " + first + " now")
              .orElse("the log is empty now");
      return Optional.of(
          lead(key)
              + "the entries from "
              + anchor
              + " on are needed, but "
              + now
              + ": it was trimmed, flushed or created again. Lost: from "
              + anchor
              + " to "
              + bounds.first().map(first -> "before " + first).orElse(position.toString()));
    }
    if (!found.get().equals(known)) {
      return Optional.of(
          lead(key)
              + "another entry is at "
              + anchor
              + " than the one the checkpoint knows: the stream was created again. Lost: from "
              + anchor
              + " to "
              + position);
    }
    return Optional.empty();
  }

  private static String lead(CheckpointKey key) {
    return "the log of " + key + " has lost entries: ";
  }
}
