package dev.mdp.bus.redis;

import dev.mdp.bus.ReadPace;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads the entries of all shards for one member of a group: new ones, those that are idle with
/// other members, and its own pending ones again. Entries that it holds already are passed over.
/// One thread.
final class GroupReader {
  private static final int MAX_COUNT = 10_000;
  private static final String START = "0-0";

  private final GroupMember member;
  private final HeldEntries held;
  private final GivenPositions given;
  private final DeletedEntries deleted;
  private final ReadPace pace;
  private final String[] claimCursors;
  private EntryBatch batch = new EntryBatch();

  /// Entries are taken to be large at first, so that a log of large ones does no harm.
  private final ReplyBudget budget = new ReplyBudget(16 * 1024);

  /// The shard whose own pending entries are to be read next; the number of shards when all are.
  private int recovering;

  private String recoveredAfter = START;

  GroupReader(
      GroupMember member,
      HeldEntries held,
      GivenPositions given,
      DeletedEntries deleted,
      ReadPace pace) {
    this.member = member;
    this.held = held;
    this.given = given;
    this.deleted = deleted;
    this.pace = pace;
    this.claimCursors = new String[member.shards()];
    Arrays.fill(claimCursors, START);
  }

  /// Makes new entries ready. Returns whether there was an entry.
  boolean readNew(int max, Duration wait) throws ServerError {
    batch.clear();
    int each = budget.entries(Math.clamp(max / member.shards(), 1, MAX_COUNT), member.shards());
    pace.linger(wait);
    member.readNew(batch, each, wait);
    pace.read(batch.count());
    budget.observe(batch);
    for (int i = 0; i < batch.count(); i++) {
      int shard = batch.shard(i);
      Position position = batch.position(i);
      if (!held.contains(shard, position)) {
        held.makeReady(batch, i, given.comesAgain(shard, position));
        given.observe(shard, position);
      }
    }
    return batch.count() > 0;
  }

  /// Takes over entries of a shard that are idle with other members.
  List<Delivery> claim(int shard, Duration idle, int max) throws ServerError {
    batch.clear();
    int count = budget.entries(Math.min(max, MAX_COUNT), member.shards());
    EntriesOutput output = member.claim(batch, shard, claimCursors[shard], idle, count);
    claimCursors[shard] = output.cursor();
    List<Delivery> claimed = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      if (!held.contains(shard, batch.position(i))) {
        claimed.add(held.take(batch, i, true));
      }
    }
    deleted.add(shard, output.deleted());
    if (output.unknown() > 0) {
      deleted.ackOwn(shard);
    }
    return claimed;
  }

  /// The member's own pending entries are to be read again, from the first one on.
  void readOwnAgain() {
    recovering = 0;
    recoveredAfter = START;
  }

  /// What a reply that was lost would have brought is pending now. After a lost connection
  /// Lettuce's thread may still write into the batch: it is replaced.
  void giveUpRead() {
    batch = new EntryBatch();
    readOwnAgain();
  }

  boolean isRecovering() {
    return recovering < member.shards();
  }

  /// The shard whose own pending entries are read next, while it [is recovering][#isRecovering].
  int recoveringShard() {
    return recovering;
  }

  /// Makes one page of the own pending entries of one shard ready. Returns whether there was an
  /// entry; when there was none, the next shard's turn has come.
  boolean recoverSome(int max) throws ServerError {
    int shard = recovering;
    batch.clear();
    int count = budget.entries(Math.min(max, MAX_COUNT), member.shards());
    member.readOwn(batch, shard, recoveredAfter, count);
    budget.observe(batch);
    List<Position> gone = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      Position position = batch.position(i);
      if (batch.isDeleted(i)) {
        gone.add(position);
      } else if (!held.contains(shard, position)) {
        held.makeReady(batch, i, true);
      }
    }
    deleted.ack(shard, gone);
    if (batch.count() == 0) {
      recovering++;
      recoveredAfter = START;
      return false;
    }
    recoveredAfter = batch.position(batch.count() - 1).toString();
    return true;
  }
}
