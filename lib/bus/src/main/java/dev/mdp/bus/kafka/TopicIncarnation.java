package dev.mdp.bus.kafka;

import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/// The incarnation of a topic that is read: a topic that was deleted and created again has another
/// id, and no entry of the former one. One thread.
final class TopicIncarnation {
  private final TopicCheck topics;
  private final String topic;
  private @Nullable Uuid id;

  /// Whether the topic was found to be the same since the last read.
  private boolean known;

  TopicIncarnation(TopicCheck topics, String topic) {
    this.topics = topics;
    this.topic = topic;
  }

  /// The topic as it is now is the one that is read from here on.
  void begin() {
    id = topics.id(topic);
    known = false;
  }

  /// Null when the topic was not there when reading was to begin, and was not looked at since.
  @Nullable Uuid id() {
    return id;
  }

  /// What was found before a read says nothing about what it brings.
  void beforeRead() {
    known = false;
  }

  /// Whether the topic is the same as it was; asks the cluster unless it did so since the last
  /// read.
  boolean isSame() {
    return known || isSame(topics.requireId(topic));
  }

  /// As [#isSame], but what any reader of the process has just found will do.
  boolean wasSameRecently() {
    known = isSame(topics.requireRecentId(topic));
    return known;
  }

  /// A topic that was not there when reading was to begin is taken as it is now: nothing was read
  /// of another.
  private boolean isSame(Uuid now) {
    if (id == null) {
      id = now;
    }
    return now.equals(id);
  }
}
