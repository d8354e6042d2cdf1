package dev.mdp.bus.kafka;

import dev.mdp.core.bus.ShardAssignment;
import dev.mdp.core.error.MdpException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A member of a consumer group that only takes part in the assignment: its own thread keeps the
/// membership alive, all its partitions are paused, and each shard is read by a reader without a
/// group. So neither a slow commit nor a database that is away makes the group move shards.
///
/// When shards are taken back in good order, the group waits until the workers have let them go, or
/// for [#LET_GO].
final class GroupAssignment implements ShardAssignment {
  private static final Logger LOG = LoggerFactory.getLogger(GroupAssignment.class);
  private static final Duration BEAT = Duration.ofMillis(200);
  private static final Duration LET_GO = Duration.ofSeconds(5);
  private static final Duration LEAVE = Duration.ofSeconds(3);

  private final KafkaClients clients;
  private final Mirrors mirrors;
  private final String group;
  private final String topic;
  private final int shards;
  private final Supplier<Consumer<ByteBuffer, ByteBuffer>> join;
  private final ShardStates states = new ShardStates();
  private final Map<TopicPartition, OffsetAndMetadata> toCommit = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closing;
  private volatile @Nullable MdpException failure;
  private volatile @Nullable Consumer<ByteBuffer, ByteBuffer> member;

  GroupAssignment(
      KafkaClients clients,
      Mirrors mirrors,
      String group,
      String topic,
      int shards,
      Supplier<Consumer<ByteBuffer, ByteBuffer>> join) {
    this.clients = clients;
    this.mirrors = mirrors;
    this.group = group;
    this.topic = topic;
    this.shards = shards;
    this.join = join;
    mirrors.joined(group, this);
    this.thread = Thread.ofPlatform().name("kafka-member").daemon().start(this::run);
  }

  @Override
  public State of(int shard) {
    MdpException failed = failure;
    if (failed != null) {
      throw failed;
    }
    return states.of(shard);
  }

  @Override
  public void taken(int shard) {
    states.change(shard, State.NEWLY_ASSIGNED, State.ASSIGNED);
  }

  @Override
  public void letGo(int shard) {
    states.change(shard, State.REVOKED, State.NOT_ASSIGNED);
    states.change(shard, State.LOST, State.NOT_ASSIGNED);
  }

  /// The group gets it with the next beat; the newest counts.
  void commit(TopicPartition partition, long next) {
    toCommit.put(partition, new OffsetAndMetadata(next));
  }

  @Override
  public void close() {
    closing = true;
    Consumer<ByteBuffer, ByteBuffer> joined = member;
    if (joined != null) {
      joined.wakeup();
    }
    try {
      thread.join(LEAVE.plusSeconds(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    mirrors.left(group);
  }

  private void run() {
    while (!closing) {
      try {
        takePart();
      } catch (MdpException e) {
        failure = e;
        states.loseAll();
        rest();
      }
    }
  }

  /// One membership, from joining to leaving or the first error.
  private void takePart() {
    try (Consumer<ByteBuffer, ByteBuffer> joined = join.get()) {
      member = joined;
      joined.subscribe(List.of(topic), new Rebalance(joined));
      while (!closing) {
        beat(joined);
        failure = null;
      }
      commitMirrors(joined);
      joined.close(CloseOptions.timeout(LEAVE));
    } catch (WakeupException _) {
      // closing
    } catch (RuntimeException e) {
      throw clients.translated(e);
    } finally {
      member = null;
    }
  }

  private void beat(Consumer<ByteBuffer, ByteBuffer> joined) {
    try {
      joined.poll(BEAT);
    } catch (WakeupException _) {
      return;
    }
    int found = joined.partitionsFor(topic).size();
    if (found > 0) {
      TopicCheck.requirePartitions(topic, shards, found);
    }
    commitMirrors(joined);
  }

  private void commitMirrors(Consumer<ByteBuffer, ByteBuffer> joined) {
    Map<TopicPartition, OffsetAndMetadata> now = new HashMap<>(toCommit);
    now.forEach(toCommit::remove);
    now.keySet().retainAll(joined.assignment());
    if (!now.isEmpty()) {
      joined.commitAsync(
          now,
          (_, e) -> {
            if (e != null) {
              LOG.debug("{} on {}: the group's offsets stay behind", group, topic, e);
            }
          });
    }
  }

  private static void rest() {
    try {
      Thread.sleep(BEAT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Called by the member's own polls.
  private final class Rebalance implements ConsumerRebalanceListener {
    private final Consumer<ByteBuffer, ByteBuffer> joined;

    Rebalance(Consumer<ByteBuffer, ByteBuffer> joined) {
      this.joined = joined;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      joined.pause(partitions);
      for (TopicPartition each : partitions) {
        // The place is of no interest here, but a member without one asks the cluster for it.
        joined.seek(each, 0);
      }
      states.setAll(partitions, State.NEWLY_ASSIGNED);
      say("takes", partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      say("gives back", partitions);
      states.setAll(partitions, State.REVOKED);
      states.awaitLetGo(partitions, LET_GO, () -> closing);
    }

    /// Another member may own them already: nothing is flushed, nothing is waited for.
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      say("has lost", partitions);
      states.setAll(partitions, State.LOST);
    }

    private void say(String verb, Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty() && !closing) {
        LOG.info(
            "{} on {}: {} shards {}",
            group,
            topic,
            verb,
            partitions.stream().map(TopicPartition::partition).sorted().toList());
      }
    }
  }
}
