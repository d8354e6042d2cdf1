package dev.mdp.bus.redis;

import dev.mdp.bus.LostTally;
import dev.mdp.core.bus.LostEntries;
import dev.mdp.core.bus.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Entries that were deleted from their stream while they were pending in the group: no one can use
/// them any more, so they are acknowledged and counted as lost. One thread.
final class DeletedEntries {
  private static final int PAGE = 10_000;

  private final GroupMember member;
  private final LostTally lost = new LostTally();

  DeletedEntries(GroupMember member) {
    this.member = member;
  }

  /// Counts entries that the server itself has acknowledged.
  void add(int shard, Collection<Position> positions) {
    lost.add(shard, positions);
  }

  void ack(int shard, List<Position> positions) throws ServerError {
    if (!positions.isEmpty()) {
      member.ackDeleted(shard, positions);
      lost.add(shard, positions);
    }
  }

  /// Finds and acknowledges those that are pending for this member. A server before 7.0 hands over
  /// deleted entries as nil, without their ids; read as own pending ones they have ids.
  void ackOwn(int shard) throws ServerError {
    EntryBatch page = new EntryBatch();
    String after = "0-0";
    while (true) {
      page.clear();
      member.readOwn(page, shard, after, PAGE);
      if (page.count() == 0) {
        return;
      }
      List<Position> deleted = new ArrayList<>();
      for (int i = 0; i < page.count(); i++) {
        if (page.isDeleted(i)) {
          deleted.add(page.position(i));
        }
      }
      ack(shard, deleted);
      after = page.position(page.count() - 1).toString();
    }
  }

  /// What was lost since the last time.
  List<LostEntries> takeLost() {
    return lost.take();
  }
}
