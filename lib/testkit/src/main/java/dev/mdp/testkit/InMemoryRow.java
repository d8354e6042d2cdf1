package dev.mdp.testkit;

import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.JudgedBy;
import dev.mdp.core.checkpoint.StoredMarks.Alignment;
import dev.mdp.core.event.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row of `stream_checkpoints` in memory.
final class InMemoryRow {
  int shards;
  long epoch;
  long commitSeq;
  @Nullable String owner;
  Instant until = Instant.EPOCH;
  Duration lease = Duration.ZERO;
  List<Interval> intervals = List.of();
  List<Interval> claimedIntervals = List.of();
  Checkpoint checkpoint = Checkpoint.EMPTY;
  boolean fresh = true;
  JudgedBy noted = JudgedBy.UNKNOWN;
  Alignment alignment = Alignment.NONE;

  InMemoryRow copy() {
    InMemoryRow copy = new InMemoryRow();
    copy.shards = shards;
    copy.epoch = epoch;
    copy.commitSeq = commitSeq;
    copy.owner = owner;
    copy.until = until;
    copy.lease = lease;
    copy.intervals = intervals;
    copy.claimedIntervals = claimedIntervals;
    copy.checkpoint = checkpoint;
    copy.fresh = fresh;
    copy.noted = noted;
    copy.alignment = alignment;
    return copy;
  }

  Checkpoint withNoted() {
    return new Checkpoint(
        checkpoint.position(),
        checkpoint.resumePosition(),
        checkpoint.anchor(),
        checkpoint.gapUntil(),
        checkpoint.lanes(),
        checkpoint.ledger(),
        noted);
  }
}
