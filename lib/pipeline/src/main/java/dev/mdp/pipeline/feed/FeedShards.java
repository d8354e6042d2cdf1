package dev.mdp.pipeline.feed;

import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.bus.Shards;
import dev.mdp.core.error.FencedException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedClaim;
import dev.mdp.core.feed.FeedKey;
import dev.mdp.pipeline.worker.Periodic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The shards in which the wanted symbols lie, and those of them that this process owns. One
/// thread.
final class FeedShards {
  private static final Logger LOG = LoggerFactory.getLogger(FeedShards.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final FeedSettings settings;
  private final FeedPorts ports;
  private final SortedMap<Integer, List<Symbol>> wanted;
  private final SortedMap<Integer, OwnedShard> owned = new TreeMap<>();
  private final Map<Integer, String> heldByOthers = new TreeMap<>();

  /// Since when it is too early for a shard.
  private final Map<Integer, Instant> waiting = new TreeMap<>();

  private final Periodic looks;

  FeedShards(FeedSettings settings, FeedPorts ports) {
    this.settings = settings;
    this.ports = ports;
    this.looks = Periodic.fromNow(LOOK, ports.clock());
    int shards = ports.bus().shards();
    this.wanted =
        settings.symbols().stream()
            .collect(
                Collectors.groupingBy(
                    symbol -> Shards.of(ports.feed().provider(), symbol.value(), shards),
                    TreeMap::new,
                    Collectors.toList()));
  }

  Collection<OwnedShard> owned() {
    return owned.values();
  }

  /// The symbols that this process publishes.
  List<Symbol> symbols() {
    List<Symbol> symbols = new ArrayList<>();
    owned.keySet().forEach(shard -> symbols.addAll(wanted.getOrDefault(shard, List.of())));
    return symbols;
  }

  /// The shard of a symbol that this process publishes, or null.
  @Nullable OwnedShard of(Symbol symbol) {
    return owned.get(Shards.of(ports.feed().provider(), symbol.value(), ports.bus().shards()));
  }

  /// Whether of each shard it is known who owns it.
  boolean isSettled() {
    return wanted.keySet().stream()
        .allMatch(shard -> owned.containsKey(shard) || heldByOthers.containsKey(shard));
  }

  /// Claims what no one holds, at most twice a second; returns what it got.
  List<OwnedShard> claimFree() {
    if (owned.size() == wanted.size() || !looks.isDue()) {
      return List.of();
    }
    List<OwnedShard> got = new ArrayList<>();
    wanted.forEach((shard, symbols) -> {
      if (!owned.containsKey(shard)) {
        claim(shard, symbols).ifPresent(got::add);
      }
    });
    return got;
  }

  private Optional<OwnedShard> claim(int shard, List<Symbol> symbols) {
    FeedKey key =
        new FeedKey(ports.feed().provider(), settings.topic(), shard, ports.bus().shards());
    Instant asked = ports.clock().instant();
    return switch (ports.store().claim(key, settings.owner(), settings.lease())) {
      case FeedClaim.Held held -> {
        if (!held.owner().equals(heldByOthers.put(shard, held.owner()))) {
          LOG.warn(
              "{} is held by {} until {} at least; standing by", key, held.owner(), held.until());
        }
        yield Optional.empty();
      }
      case FeedClaim.Claimed claimed -> {
        heldByOthers.remove(shard);
        yield Optional.ofNullable(recovered(claimed, symbols, asked));
      }
    };
  }

  /// The shard, or null while it is too early for it.
  private @Nullable OwnedShard recovered(
      FeedClaim.Claimed claimed, List<Symbol> symbols, Instant asked) {
    FeedKey key = claimed.lease().key();
    ShardSubscription log = ports.bus().openShard(settings.topic(), key.shard());
    OwnedShard mine =
        new OwnedShard(
            claimed, ports.store(), ports.stored(), log, symbols, settings.lease(), asked);
    try {
      if (mine.isTooEarly() && waits(mine)) {
        mine.release();
        mine.close();
        return null;
      }
      mine.recover(Micros.of(ports.clock().instant()));
    } catch (MdpException e) {
      log.close();
      throw e;
    }
    waiting.remove(key.shard());
    owned.put(key.shard(), mine);
    LOG.info("{}: owned, epoch {}", key, claimed.lease().epoch());
    return mine;
  }

  /// Whether the tick workers are still to be waited for: they decide what was published.
  private boolean waits(OwnedShard shard) {
    Instant now = ports.clock().instant();
    Instant since = waiting.computeIfAbsent(shard.key().shard(), _ -> now);
    boolean waits = now.isBefore(since.plus(LONGEST_WAIT));
    if (since.equals(now)) {
      LOG.warn(
          "{}: the log was trimmed further than the ticks are stored; waiting for the tick workers,"
              + " {} s at most",
          shard.key(),
          LONGEST_WAIT.toSeconds());
    }
    return waits;
  }

  /// How many trades are on their way to the bus.
  int waiting() {
    return owned.values().stream().mapToInt(shard -> shard.outgoing().size()).sum();
  }

  /// Makes sure that the lease lives before something is published under it.
  void requireLease(OwnedShard shard) {
    if (!shard.mayPublish(ports.clock().instant())) {
      shard.renew(ports.clock().instant());
    }
  }

  /// Notes what is published of every shard; one whose trades wait keeps its lease alone. A shard
  /// that is lost, or whose log is another one by now, is given up and claimed again.
  void commitAll() {
    for (OwnedShard each : List.copyOf(owned.values())) {
      try {
        Instant now = ports.clock().instant();
        if (!each.outgoing().isEmpty()) {
          each.renew(now);
        } else if (!each.commit(ports.feed().ids(), now)) {
          giveUp(each);
        }
      } catch (FencedException e) {
        LOG.warn("{}: {}; standing by", each.key(), e.getMessage());
        discard(each);
      }
    }
  }

  /// Gives up the shards whose log lost the first entry that was published to it.
  void anchorAll() {
    for (OwnedShard each : List.copyOf(owned.values())) {
      if (!each.anchorFirst()) {
        giveUp(each);
      }
    }
  }

  private void giveUp(OwnedShard shard) {
    LOG.warn("{}: the log may have lost entries; reading it again", shard.key());
    shard.release();
    discard(shard);
  }

  void releaseAll() {
    for (OwnedShard each : List.copyOf(owned.values())) {
      each.release();
      discard(each);
    }
  }

  /// Forgets what is not noted: the next owner finds it in the log.
  void discardAll() {
    List.copyOf(owned.values()).forEach(this::discard);
  }

  private void discard(OwnedShard shard) {
    owned.remove(shard.key().shard());
    shard.close();
  }
}
