package dev.mdp.testkit;

import dev.mdp.core.bus.BusInspector;
import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.DeadLetterPublisher;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.Publisher;
import dev.mdp.core.bus.RawPublisher;
import dev.mdp.core.bus.ShardAssignment;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.bus.Shards;
import dev.mdp.core.bus.Topics;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A bus in memory, of one topic, with faults on request. One thread.
public final class InMemoryBus implements EventBus {
  private final ManualClock clock;
  final Faults faults;
  private final List<InMemoryLog> logs = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final Map<String, InMemoryGroup> groups = new HashMap<>();
  private final List<byte[]> raw = new ArrayList<>();
  boolean shortOfMemory;
  long soughtAnchors;
  boolean stalled;

  /// What [ShardSubscription#isShortOfMemory] of every shard returns.
  public void shortOfMemory(boolean isShort) {
    shortOfMemory = isShort;
  }

  public InMemoryBus(int shards, ManualClock clock, Faults faults) {
    this.clock = clock;
    this.faults = faults;
    for (int i = 0; i < shards; i++) {
      logs.add(new InMemoryLog(i, clock));
    }
  }

  /// The entries of one shard.
  public InMemoryLog log(int shard) {
    return logs.get(shard);
  }

  /// Removes every consumer group, as a person may.
  public void forgetGroups() {
    groups.clear();
  }

  public List<DeadLetter> deadLetters() {
    return deadLetters;
  }

  @Override
  public int shards() {
    return logs.size();
  }

  @Override
  public Publisher openPublisher(String topic) {
    return new Publisher() {
      @Override
      public void publish(List<? extends MarketEvent> events) {
        for (MarketEvent event : events) {
          faults.at("publish");
          switch (event) {
            case Tick tick -> logOf(tick.provider(), tick.symbol()).append(tick);
            case BarEvent bar -> logOf(bar.provider(), bar.bar().symbol()).append(bar);
            case LaneEnd end -> logs.forEach(log -> log.append(end));
          }
        }
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public DeadLetterPublisher openDeadLetters(String topic) {
    return new DeadLetterPublisher() {
      @Override
      public void publish(List<DeadLetter> letters) {
        faults.at("dead-letters");
        deadLetters.addAll(letters);
        faults.at("dead-letters.after");
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public ShardSubscription openShard(String topic, int shard) {
    return new InMemoryShard(this, shard, logs.get(shard));
  }

  @Override
  public CompetingSubscription openCompeting(String topic, String group, String consumer) {
    return groups
        .computeIfAbsent(group, _ -> new InMemoryGroup(logs, clock, faults))
        .join(consumer);
  }

  @Override
  public RawPublisher openRaw(String topic) {
    return new RawPublisher() {
      @Override
      public void publish(int shard, List<byte[]> payloads) {
        faults.at("raw");
        raw.addAll(payloads);
        faults.at("raw.after");
      }

      @Override
      public void trim(int shard, Instant appendedBefore) {
        faults.at("raw.trim");
      }

      @Override
      public void close() {}
    };
  }

  /// What was published as it is, to whatever topic; no one reads it here.
  public List<byte[]> raw() {
    return raw;
  }

  /// Knows payloads only; everything else is tested on a real server.
  @Override
  public BusInspector inspector() {
    return new PayloadInspector((shard, position) -> logs.get(shard).payload(position));
  }

  @Override
  public Optional<ShardAssignment> openAssignment(String topic, String group, String member) {
    return Optional.empty();
  }

  @Override
  public Topics topics() {
    return Topics.NONE;
  }

  @Override
  public void ping() {}

  @Override
  public void close() {}

  private InMemoryLog logOf(String provider, Symbol symbol) {
    return logs.get(Shards.of(provider, symbol.value(), logs.size()));
  }

  /// From now on polls bring nothing, as long as it lasts, though the log may have more.
  public void stall(boolean stalls) {
    stalled = stalls;
  }

  /// How many anchors were asked for that are not at hand, of entries that no one had kept.
  public long soughtAnchors() {
    return soughtAnchors;
  }
}
