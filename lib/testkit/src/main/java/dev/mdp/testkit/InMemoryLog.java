package dev.mdp.testkit;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The entries of one shard of [InMemoryBus]. Positions are `(append time in ms, ordinal)`. One
/// thread.
public final class InMemoryLog {
  private final int shard;
  private final ManualClock clock;
  private final List<Delivery> entries = new ArrayList<>();
  private final List<Delivery> history = new ArrayList<>();
  private boolean headTrimmed;
  private int life;

  /// The last position that was given out, also when its entry was trimmed.
  private Position lastEver = Position.START;

  InMemoryLog(int shard, ManualClock clock) {
    this.shard = shard;
    this.clock = clock;
  }

  /// Appends one event and returns its position.
  public Position append(MarketEvent event) {
    return append(new Delivery.Decoded(shard, next(), appendMicros(), false, event));
  }

  /// Appends an entry that no codec understands.
  public Position appendMalformed(String reason) {
    return append(
        new Delivery.Malformed(
            shard,
            next(),
            appendMicros(),
            false,
            Delivery.Malformed.UNKNOWN_PROVIDER,
            reason,
            "made by a test",
            ("{" + reason).getBytes(StandardCharsets.UTF_8)));
  }

  private Position append(Delivery delivery) {
    entries.add(delivery);
    history.add(delivery);
    lastEver = delivery.position();
    return delivery.position();
  }

  /// Every entry that was ever appended, in order, whatever was lost or trimmed.
  public List<Delivery> history() {
    return history;
  }

  /// The entries that are in the log, in order.
  public List<Delivery> entries() {
    return List.copyOf(entries);
  }

  /// How many entries are in the log.
  public int length() {
    return entries.size();
  }

  /// Removes the first entries, as another process's trim would.
  public void loseHead(int count) {
    entries.subList(0, count).clear();
    headTrimmed = true;
  }

  /// Removes one entry, as someone's XDEL would.
  public void lose(int index) {
    entries.remove(index);
  }

  /// Removes the last entries, as a server does that comes back from an old snapshot.
  public void loseTail(int count) {
    entries.subList(entries.size() - count, entries.size()).clear();
    lastEver = entries.isEmpty() ? Position.START : entries.getLast().position();
    headTrimmed &= !entries.isEmpty(); // else it is a new one
  }

  /// The server dies and comes back without the last entries.
  public void restart(int lost) {
    loseTail(lost);
    life++;
  }

  /// How often the server was started again.
  int life() {
    return life;
  }

  /// Removes the entries before this position that were appended before this time.
  void trimBefore(Position position, Instant appendedBefore) {
    long before = Micros.of(appendedBefore);
    headTrimmed |=
        entries.removeIf(
            entry -> position.isAfter(entry.position()) && entry.appendMicros() < before);
  }

  /// At most this many entries from a position on.
  List<Delivery> read(Position first, int max) {
    List<Delivery> batch = new ArrayList<>();
    for (int i = firstAtOrAfter(first); i < entries.size() && batch.size() < max; i++) {
      batch.add(entries.get(i));
    }
    return batch;
  }

  /// Whether this entry is still in the log.
  boolean holds(Position position) {
    return isAt(firstAtOrAfter(position), position);
  }

  /// The entry at this position, when it is still in the log.
  Optional<LogAnchor> entry(Position position) {
    int at = firstAtOrAfter(position);
    return isAt(at, position) ? Optional.of(anchor(at)) : Optional.empty();
  }

  /// The last entry at or before this position that is still in the log.
  Optional<LogAnchor> lastEntry(Position position) {
    int at = firstAtOrAfter(position);
    int last = isAt(at, position) ? at : at - 1;
    return last < 0 ? Optional.empty() : Optional.of(anchor(last));
  }

  /// What is at this position, when it is still in the log.
  Optional<byte[]> payload(Position position) {
    int at = firstAtOrAfter(position);
    return isAt(at, position) ? Optional.of(payload(entries.get(at))) : Optional.empty();
  }

  LogBounds bounds() {
    Optional<Position> first =
        entries.isEmpty() ? Optional.empty() : Optional.of(entries.getFirst().position());
    Optional<Position> last =
        entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast().position());
    return new LogBounds(first, last, lastEver, entries.size(), headTrimmed);
  }

  private LogAnchor anchor(int index) {
    Delivery entry = entries.get(index);
    return LogAnchor.of(entry.position(), payload(entry));
  }

  private static byte[] payload(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Decoded decoded -> decoded.event().toString().getBytes(StandardCharsets.UTF_8);
      case Delivery.Malformed malformed -> malformed.data();
    };
  }

  private long appendMicros() {
    return clock.instant().toEpochMilli() * 1_000;
  }

  private Position next() {
    long millis = Micros.of(clock.instant()) / 1_000;
    return millis > lastEver.major()
        ? new Position(millis, 0)
        : new Position(lastEver.major(), lastEver.minor() + 1);
  }

  private boolean isAt(int index, Position position) {
    return index < entries.size() && entries.get(index).position().equals(position);
  }

  private int firstAtOrAfter(Position position) {
    int low = 0;
    int high = entries.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (position.isAfter(entries.get(middle).position())) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
