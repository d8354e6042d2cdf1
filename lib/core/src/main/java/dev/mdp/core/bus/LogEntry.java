package dev.mdp.core.bus;

import java.util.Map;

/// One raw entry, for people who look: its payload and its other fields, undecoded.
public record LogEntry(
    int shard, Position position, long appendMicros, byte[] data, Map<String, String> fields) {
  public LogEntry {
    fields = Map.copyOf(fields);
  }
}
