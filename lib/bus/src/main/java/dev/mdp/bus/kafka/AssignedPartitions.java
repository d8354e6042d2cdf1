package dev.mdp.bus.kafka;

import dev.mdp.bus.LostTally;
import dev.mdp.core.bus.LostEntries;
import dev.mdp.core.bus.Position;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The partitions that a group's member is assigned, and how far it has come in each. The member's
/// own polls change them. One thread.
final class AssignedPartitions implements ConsumerRebalanceListener {
  private static final Logger LOG = LoggerFactory.getLogger(AssignedPartitions.class);

  private final KafkaLog looks;
  private final String servers;
  private final Consumer<ByteBuffer, ByteBuffer> member;
  private final Map<TopicPartition, PartitionProgress> assigned = new HashMap<>();
  private final Set<Integer> revoked = new HashSet<>();

  /// Assigned, but their places could not be asked for then: paused.
  private final Set<TopicPartition> unplaced = new HashSet<>();

  private final LostTally lost = new LostTally();

  /// @param servers the cluster that the member is of
  AssignedPartitions(KafkaLog looks, String servers, Consumer<ByteBuffer, ByteBuffer> member) {
    this.looks = looks;
    this.servers = servers;
    this.member = member;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      return;
    }
    try {
      locate(partitions);
    } catch (RuntimeException e) {
      // They stay assigned: nothing of them may be fetched until their places are known.
      LOG.debug("The places of {} are not known yet", partitions, e);
      unplaced.addAll(partitions);
      member.pause(partitions);
      partitions.forEach(each -> member.seek(each, 0));
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    partitions.forEach(each -> {
      assigned.remove(each);
      unplaced.remove(each);
      revoked.add(each.partition());
    });
  }

  /// Null when the partition is not assigned, or its place is not known yet.
  @Nullable PartitionProgress progress(TopicPartition partition) {
    return assigned.get(partition);
  }

  /// What the group is to note of these partitions, as far as they are still assigned.
  Map<TopicPartition, OffsetAndMetadata> commits(Set<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition each : partitions) {
      PartitionProgress progress = assigned.get(each);
      if (progress != null) {
        offsets.put(each, progress.commit());
      }
    }
    return offsets;
  }

  /// The group continues after this position. Returns false when the partition is not assigned.
  boolean moveTo(TopicPartition partition, Position position) {
    PartitionProgress progress = assigned.get(partition);
    if (progress == null) {
      return false;
    }
    assigned.put(partition, progress.movedTo(Offsets.after(position)));
    return true;
  }

  /// Asks for the places that could not be asked for when the partitions were assigned.
  void locateUnplaced() {
    if (!unplaced.isEmpty()) {
      locate(unplaced);
      member.resume(unplaced);
      unplaced.clear();
    }
  }

  /// Reading begins again at what the caller does not hold.
  void readAgain() {
    assigned.forEach((partition, progress) -> {
      if (member.assignment().contains(partition)) {
        ifStillAssigned(partition, () -> member.seek(partition, progress.next()));
      }
    });
  }

  /// All whose places are known are fetched from again.
  void resume() {
    for (TopicPartition each : Set.copyOf(member.assignment())) {
      if (!unplaced.contains(each)) {
        ifStillAssigned(each, () -> member.resume(Set.of(each)));
      }
    }
  }

  /// Reading begins again at the first entries that the log still has.
  void goBackIntoTheLog(OffsetOutOfRangeException outside) {
    outside.offsetOutOfRangePartitions().forEach(this::goBackIntoTheLog);
  }

  Set<Integer> takeRevoked() {
    Set<Integer> taken = Set.copyOf(revoked);
    revoked.clear();
    return taken;
  }

  /// The entries that the log had lost before they were read.
  List<LostEntries> takeLost() {
    return lost.take();
  }

  private void locate(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> committed = member.committed(Set.copyOf(partitions));
    Map<TopicPartition, Long> begin = member.beginningOffsets(partitions);
    for (TopicPartition each : partitions) {
      PartitionProgress progress =
          PartitionProgress.from(committed.get(each), begin.getOrDefault(each, 0L));
      assigned.put(each, progress);
      member.seek(each, progress.next());
    }
  }

  /// A broker that was away may revoke a partition at any moment, and the client's own thread notes
  /// it before the next poll says so.
  private static void ifStillAssigned(TopicPartition partition, Runnable change) {
    try {
      change.run();
    } catch (IllegalStateException e) {
      LOG.debug("{} was revoked meanwhile", partition, e);
    }
  }

  private void goBackIntoTheLog(TopicPartition partition, long place) {
    KafkaLog.Ends ends = looks.ends(partition);
    PartitionProgress progress = assigned.get(partition);
    if (place < ends.begin()) {
      lost.add(
          new LostEntries(
              partition.partition(),
              ends.begin() - place,
              Offsets.position(place),
              Offsets.position(ends.begin() - 1)));
    } else {
      LOG.warn(
          "{} of {} ends at offset {}, the group had come to {}: the topic was cut or created again;"
              + " reading begins at its first entry",
          partition,
          servers,
          ends.end(),
          place);
    }
    member.seek(partition, ends.begin());
    if (progress != null) {
      progress.skipTo(ends.begin());
    }
  }
}
