package dev.mdp.testkit;

import dev.mdp.core.bus.BusInspector;
import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.DeadLetterPublisher;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.Publisher;
import dev.mdp.core.bus.RawPublisher;
import dev.mdp.core.bus.ShardAssignment;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.bus.Topics;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A log in memory, for one topic, with faults on request. Positions are `(append time in ms,
/// ordinal)`. One thread.
public final class InMemoryBus implements EventBus {
  private final ManualClock clock;
  private final Faults faults;
  private final List<List<Entry>> shards = new ArrayList<>();
  private final List<List<Delivery>> history = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final Map<String, Position> mirrored = new HashMap<>();
  private final Map<String, InMemoryGroup> groups = new HashMap<>();
  private final List<byte[]> raw = new ArrayList<>();
  private final Set<Integer> headTrimmed = new HashSet<>();
  private boolean shortOfMemory;
  private long soughtAnchors;
  private boolean stalled;

  private record Entry(Delivery delivery) {
    byte[] payload() {
      return switch (delivery) {
        case Delivery.Decoded decoded ->
            decoded.event().toString().getBytes(StandardCharsets.UTF_8);
        case Delivery.Malformed malformed -> malformed.data();
      };
    }
  }

  /// What every shard answers to [ShardSubscription#isShortOfMemory].
  public void shortOfMemory(boolean isShort) {
    shortOfMemory = isShort;
  }

  public InMemoryBus(int shards, ManualClock clock, Faults faults) {
    this.clock = clock;
    this.faults = faults;
    for (int i = 0; i < shards; i++) {
      this.shards.add(new ArrayList<>());
      this.history.add(new ArrayList<>());
    }
  }

  /// Appends one event to this shard and returns its position.
  public Position append(int shard, MarketEvent event) {
    return append(new Delivery.Decoded(shard, next(shard), appendMicros(), false, event));
  }

  /// Appends an entry that no codec understands.
  public Position appendMalformed(int shard, String reason) {
    return append(
        new Delivery.Malformed(
            shard,
            next(shard),
            appendMicros(),
            false,
            Delivery.Malformed.UNKNOWN_PROVIDER,
            reason,
            "made by a test",
            ("{" + reason).getBytes(StandardCharsets.UTF_8)));
  }

  private Position append(Delivery delivery) {
    shards.get(delivery.shard()).add(new Entry(delivery));
    history.get(delivery.shard()).add(delivery);
    return delivery.position();
  }

  /// Every entry that was ever appended to this shard, in its order, whatever was lost or trimmed.
  public List<Delivery> history(int shard) {
    return history.get(shard);
  }

  /// Whether this entry is still in the log.
  boolean holds(Delivery delivery) {
    List<Entry> log = shards.get(delivery.shard());
    int at = firstAtOrAfter(log, delivery.position());
    return at < log.size() && log.get(at).delivery().position().equals(delivery.position());
  }

  LogBounds boundsOf(int shard) {
    List<Entry> log = shards.get(shard);
    Optional<Position> first =
        log.isEmpty() ? Optional.empty() : Optional.of(log.getFirst().delivery().position());
    Optional<Position> last =
        log.isEmpty() ? Optional.empty() : Optional.of(log.getLast().delivery().position());
    return new LogBounds(
        first, last, last.orElse(Position.START), log.size(), headTrimmed.contains(shard));
  }

  /// The last entry at or before this position that is still in the log.
  Optional<LogAnchor> lastEntry(int shard, Position position) {
    List<Entry> log = shards.get(shard);
    int at = firstAtOrAfter(log, position);
    boolean exact = at < log.size() && log.get(at).delivery().position().equals(position);
    int last = exact ? at : at - 1;
    return last < 0
        ? Optional.empty()
        : Optional.of(LogAnchor.of(log.get(last).delivery().position(), log.get(last).payload()));
  }

  /// Removes the first entries of a shard, as another process's trim would.
  public void loseHead(int shard, int entries) {
    shards.get(shard).subList(0, entries).clear();
    headTrimmed.add(shard);
  }

  /// Removes one entry, as someone's XDEL would.
  public void lose(int shard, int index) {
    shards.get(shard).remove(index);
  }

  /// Removes every consumer group, as a person may.
  public void forgetGroups() {
    groups.clear();
  }

  /// Removes the last entries of a shard, as a server does that comes back from an old snapshot.
  public void loseTail(int shard, int entries) {
    List<Entry> log = shards.get(shard);
    log.subList(log.size() - entries, log.size()).clear();
  }

  public List<DeadLetter> deadLetters() {
    return deadLetters;
  }

  public int length(int shard) {
    return shards.get(shard).size();
  }

  public Optional<Position> mirrored(String group) {
    return Optional.ofNullable(mirrored.get(group));
  }

  @Override
  public int shards() {
    return shards.size();
  }

  @Override
  public Publisher openPublisher(String topic) {
    return new Publisher() {
      @Override
      public void publish(List<? extends MarketEvent> events) {
        for (MarketEvent event : events) {
          faults.at("publish");
          switch (event) {
            case Tick tick -> append(shardOf(tick.provider(), tick.symbol().value()), tick);
            case BarEvent bar -> append(shardOf(bar.provider(), bar.bar().symbol().value()), bar);
            case LaneEnd end -> {
              for (int i = 0; i < shards.size(); i++) {
                append(i, end);
              }
            }
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
    return new Log(shard);
  }

  @Override
  public CompetingSubscription openCompeting(String topic, String group, String consumer) {
    return groups
        .computeIfAbsent(group, _ -> new InMemoryGroup(this, clock, faults))
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
    return new PayloadInspector(this::payload);
  }

  private Optional<byte[]> payload(int shard, Position position) {
    return shards.get(shard).stream()
        .filter(entry -> entry.delivery().position().equals(position))
        .map(Entry::payload)
        .findFirst();
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

  private int shardOf(String provider, String symbol) {
    return dev.mdp.core.bus.Shards.of(provider, symbol, shards.size());
  }

  private long appendMicros() {
    return clock.instant().toEpochMilli() * 1_000;
  }

  private Position next(int shard) {
    long millis = Micros.of(clock.instant()) / 1_000;
    List<Entry> log = shards.get(shard);
    Position last = log.isEmpty() ? Position.START : log.getLast().delivery().position();
    return millis > last.major()
        ? new Position(millis, 0)
        : new Position(last.major(), last.minor() + 1);
  }

  private static int firstAtOrAfter(List<Entry> log, Position position) {
    int low = 0;
    int high = log.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (position.isAfter(log.get(middle).delivery().position())) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// From now on polls bring nothing, as long as it lasts, though the log may have more.
  public void stall(boolean stalls) {
    stalled = stalls;
  }

  /// How many anchors were asked for that are not at hand, of entries that no one had kept.
  public long soughtAnchors() {
    return soughtAnchors;
  }

  private final class Log implements ShardSubscription {
    private final int shard;
    private final Set<Position> kept = new HashSet<>();
    private Position next = Position.START;
    private Position lastGiven = Position.START;
    private boolean reachedEnd;

    Log(int shard) {
      this.shard = shard;
    }

    @Override
    public int shard() {
      return shard;
    }

    @Override
    public void seek(Position first) {
      next = first;
      kept.clear();
      lastGiven = Position.START;
    }

    @Override
    public List<Delivery> poll(int max, Duration wait) {
      faults.at("poll");
      List<Delivery> batch = new ArrayList<>();
      List<Entry> log = shards.get(shard);
      int given = stalled ? 0 : max;
      for (int i = firstAtOrAfter(log, next); i < log.size() && batch.size() < given; i++) {
        batch.add(log.get(i).delivery());
      }
      faults.at("poll.after");
      reachedEnd = batch.size() < given;
      if (!batch.isEmpty()) {
        Position last = batch.getLast().position();
        next = new Position(last.major(), last.minor() + 1);
        lastGiven = last;
      }
      return batch;
    }

    @Override
    public boolean reachedEnd() {
      return reachedEnd;
    }

    @Override
    public Position appendedSince(long appendMicros) {
      faults.at("since");
      return new Position(Math.max(0, Math.floorDiv(appendMicros, 1_000)), 0);
    }

    @Override
    public LogBounds bounds() {
      faults.at("bounds");
      return boundsOf(shard);
    }

    @Override
    public Optional<LogAnchor> anchor(Position position) {
      soughtAnchors += kept.contains(position) || position.equals(lastGiven) ? 0 : 1;
      return look(position);
    }

    @Override
    public void keepAnchor(Position entry) {
      kept.add(entry);
    }

    @Override
    public boolean isWholeAfter(Position read) {
      return look(read).isPresent();
    }

    private Optional<LogAnchor> look(Position position) {
      faults.at("anchor");
      List<Entry> log = shards.get(shard);
      int at = firstAtOrAfter(log, position);
      return at < log.size() && log.get(at).delivery().position().equals(position)
          ? Optional.of(LogAnchor.of(position, log.get(at).payload()))
          : Optional.empty();
    }

    @Override
    public void trimBefore(Position position, Instant appendedBefore) {
      faults.at("trim");
      long before = Micros.of(appendedBefore);
      boolean trimmed =
          shards
              .get(shard)
              .removeIf(entry ->
                  position.isAfter(entry.delivery().position())
                      && entry.delivery().appendMicros() < before);
      if (trimmed) {
        headTrimmed.add(shard);
      }
    }

    @Override
    public boolean isShortOfMemory() {
      return shortOfMemory;
    }

    @Override
    public void mirror(String group, Position position) {
      faults.at("mirror");
      mirrored.put(group, position);
    }

    @Override
    public void close() {}
  }
}
