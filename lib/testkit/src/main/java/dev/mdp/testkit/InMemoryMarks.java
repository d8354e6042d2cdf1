package dev.mdp.testkit;

import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.JudgedBy;
import dev.mdp.core.checkpoint.LowWaterMarks;
import dev.mdp.core.checkpoint.StoredMarks;
import dev.mdp.core.checkpoint.StoredMarks.Alignment;
import dev.mdp.core.checkpoint.StoredMarks.Mark;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The low-water marks of stateless groups in memory, in the rows of [InMemoryStore]. One thread.
final class InMemoryMarks implements LowWaterMarks {
  private final Map<CheckpointKey, InMemoryRow> rows;
  private final Faults faults;

  /// How often the server was started.
  private int incarnation = 1;

  InMemoryMarks(Map<CheckpointKey, InMemoryRow> rows, Faults faults) {
    this.rows = rows;
    this.faults = faults;
  }

  void restarted() {
    incarnation++;
  }

  @Override
  public StoredMarks marks(String group, String topic) {
    faults.at("marks");
    StoredMarks marks = new StoredMarks(server(), new TreeMap<>());
    for (Map.Entry<CheckpointKey, InMemoryRow> each : rows.entrySet()) {
      CheckpointKey key = each.getKey();
      if (key.group().equals(group) && key.topic().equals(topic)) {
        InMemoryRow row = each.getValue();
        Checkpoint stored = row.checkpoint;
        marks =
            marks.with(key.shard(), new Mark(stored.position(), stored.anchor(), row.alignment));
      }
    }
    return marks;
  }

  private String server() {
    return "server " + incarnation;
  }

  @Override
  public boolean align(CheckpointKey key, int shards, Alignment alignment) {
    faults.at("align");
    boolean same = alignment.server().equals(server());
    if (same) {
      rows.computeIfAbsent(key, _ -> new InMemoryRow()).alignment = alignment;
    }
    faults.at("align.after");
    return same;
  }

  @Override
  public StoredMarks raiseMarks(
      String group, String topic, int shards, StoredMarks known, Map<Integer, Mark> marks) {
    faults.at("low-water");
    StoredMarks stored = marks(group, topic);
    if (known.server().equals(stored.server())) {
      marks.forEach((shard, mark) -> {
        Position now = stored.of(shard).position();
        boolean aligned = stored.of(shard).alignment().equals(mark.alignment());
        if (aligned && !known.of(shard).position().isAfter(now) && !now.isAfter(mark.position())) {
          setMark(new CheckpointKey(group, topic, shard), mark);
        }
      });
    }
    return marks(group, topic);
  }

  @Override
  public void lowerMarks(String group, String topic, Map<Integer, Position> positions) {
    faults.at("lower-marks");
    positions.forEach((shard, position) ->
        setMark(
            new CheckpointKey(group, topic, shard),
            new Mark(position, Optional.empty(), Alignment.NONE)));
  }

  private void setMark(CheckpointKey key, Mark mark) {
    InMemoryRow row = rows.computeIfAbsent(key, _ -> new InMemoryRow());
    Position position = mark.position();
    row.checkpoint =
        new Checkpoint(
            position,
            mark.anchor().map(LogAnchor::position).orElse(position),
            mark.anchor(),
            List.of(),
            row.checkpoint.ledger());
  }

  @Override
  public void noteMaxFuture(String group, String topic, long micros) {
    faults.at("note");
    rows.forEach((key, row) -> {
      if (key.group().equals(group) && key.topic().equals(topic)) {
        row.noted = JudgedBy.UNKNOWN.andThen(new Position(1, 0), micros);
      }
    });
  }
}
