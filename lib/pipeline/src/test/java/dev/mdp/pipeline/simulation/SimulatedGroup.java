package dev.mdp.pipeline.simulation;

import dev.mdp.core.bus.ShardAssignment;
import dev.mdp.testkit.Faults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A consumer group: a coordinator gives every shard to one member and moves shards about, in good
/// order or by force. A member that is cut off learns late what it has lost, and works on until
/// then. One thread.
final class SimulatedGroup {
  private final RandomGenerator random;
  private final Faults faults;
  private final Map<Integer, Member> members = new TreeMap<>();
  private final List<Move> moves = new ArrayList<>();
  private final @Nullable Member[] holders;

  /// A shard on its way. In good order the heir has it when the holder has let it go; by force the
  /// heir has it already, and the holder does not know.
  private record Move(int shard, Member from, Member to, boolean forced) {}

  SimulatedGroup(int shards, RandomGenerator random, Faults faults) {
    this.random = random;
    this.faults = faults;
    this.holders = new Member[shards];
  }

  /// The process's new member. The member that had its place before is gone, and its shards are
  /// given again.
  ShardAssignment join(int process) {
    Member joined = new Member();
    Member before = members.put(process, joined);
    for (Move move : List.copyOf(moves)) {
      if (move.from == before || move.to == before) {
        end(move);
      }
    }
    for (int shard = 0; shard < holders.length; shard++) {
      Member holder = holders[shard];
      if (holder == null || holder == before) {
        give(shard, anyMember());
      }
    }
    return joined;
  }

  /// Some time passes.
  void goOn() {
    if (members.isEmpty()) {
      return;
    }
    for (Move move : List.copyOf(moves)) {
      if (random.nextInt(8) == 0 || !move.forced && move.from.of.get(move.shard) == null) {
        end(move);
      }
    }
    int shard = random.nextInt(holders.length);
    if (random.nextInt(6) == 0 && moves.stream().noneMatch(move -> move.shard == shard)) {
      begin(shard);
    }
  }

  /// Every member knows what it has.
  void settle() {
    List.copyOf(moves).forEach(this::end);
  }

  private void begin(int shard) {
    Member from = holders[shard];
    Member to = anyMember();
    if (from == null || from == to) {
      return;
    }
    boolean forced = random.nextBoolean();
    moves.add(new Move(shard, from, to, forced));
    if (forced) {
      give(shard, to);
    } else {
      from.of.put(shard, ShardAssignment.State.REVOKED);
    }
  }

  private void end(Move move) {
    moves.remove(move);
    if (move.forced) {
      move.from.of.put(move.shard, ShardAssignment.State.LOST);
    } else {
      give(move.shard, move.to);
    }
  }

  private void give(int shard, Member member) {
    holders[shard] = member;
    member.of.put(shard, ShardAssignment.State.NEWLY_ASSIGNED);
  }

  private Member anyMember() {
    List<Member> all = List.copyOf(members.values());
    return all.get(random.nextInt(all.size()));
  }

  /// What one process knows.
  private final class Member implements ShardAssignment {
    private final Map<Integer, State> of = new HashMap<>();

    @Override
    public State of(int shard) {
      faults.at("share");
      return of.getOrDefault(shard, State.NOT_ASSIGNED);
    }

    @Override
    public void taken(int shard) {
      of.replace(shard, State.NEWLY_ASSIGNED, State.ASSIGNED);
    }

    @Override
    public void letGo(int shard) {
      of.remove(shard, State.REVOKED);
      of.remove(shard, State.LOST);
    }

    @Override
    public void close() {}
  }
}
