package dev.mdp.testkit;

import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.Members;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The members of one group in memory, beside the rows of [InMemoryStore]. One thread.
final class InMemoryMembers implements Members {
  private final Map<CheckpointKey, InMemoryRow> rows;
  private final ManualClock clock;
  private final Faults faults;
  private final Map<String, Instant> untils = new HashMap<>();

  InMemoryMembers(Map<CheckpointKey, InMemoryRow> rows, ManualClock clock, Faults faults) {
    this.rows = rows;
    this.clock = clock;
    this.faults = faults;
  }

  /// Until when each member lives, at this moment.
  Map<String, Instant> copy() {
    return Map.copyOf(untils);
  }

  void become(Map<String, Instant> copy) {
    untils.clear();
    untils.putAll(copy);
  }

  @Override
  public SortedMap<String, Integer> beat(String group, String topic, String member, Duration life) {
    faults.at("beat");
    Instant now = clock.instant();
    untils.put(member, now.plus(life));
    SortedMap<String, Integer> living = new TreeMap<>();
    untils.forEach((each, until) -> {
      if (until.isAfter(now)) {
        living.put(each, 0);
      }
    });
    rows.forEach((key, row) -> {
      if (key.group().equals(group) && row.owner != null && now.isBefore(row.until)) {
        living.merge(row.owner, 1, Integer::sum);
      }
    });
    faults.at("beat.after");
    return living;
  }

  @Override
  public void leave(String group, String topic, String member) {
    faults.at("leave");
    untils.remove(member);
  }
}
