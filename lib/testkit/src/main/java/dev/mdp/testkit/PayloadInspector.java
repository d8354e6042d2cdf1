package dev.mdp.testkit;

import dev.mdp.core.bus.BusInspector;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.GroupStatus;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.LogEntry;
import dev.mdp.core.bus.Position;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// Reports the payloads of a log in memory, by shard and position; everything else is tested on a
/// real server.
record PayloadInspector(BiFunction<Integer, Position, Optional<byte[]>> log)
    implements BusInspector {
  @Override
  public Map<Position, byte[]> payloads(String topic, int shard, Collection<Position> positions) {
    Map<Position, byte[]> found = new HashMap<>();
    positions.forEach(
        position -> log.apply(shard, position).ifPresent(payload -> found.put(position, payload)));
    return found;
  }

  @Override
  public int shards(String topic) {
    throw onlyPayloads();
  }

  @Override
  public LogBounds bounds(String topic, int shard) {
    throw onlyPayloads();
  }

  @Override
  public List<LogEntry> read(String topic, int shard, Position first, int limit) {
    throw onlyPayloads();
  }

  @Override
  public List<LogEntry> readLast(String topic, int shard, Position first, int limit) {
    throw onlyPayloads();
  }

  @Override
  public List<GroupStatus> groups(String topic) {
    throw onlyPayloads();
  }

  @Override
  public long delete(String topic, int shard, List<Position> positions) {
    throw onlyPayloads();
  }

  @Override
  public Delivery decode(LogEntry entry) {
    throw onlyPayloads();
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  private static UnsupportedOperationException onlyPayloads() {
    return new UnsupportedOperationException("this inspector knows payloads only");
  }
}
