package dev.mdp.core.bus;

import java.util.List;

/// The topics that have to be there before anything is published. Thread-safe.
public interface Topics {
  /// Of a bus whose topics come into being with their first entry.
  Topics NONE =
      new Topics() {
        @Override
        public List<Plan> plan(List<String> topics, int replication) {
          return List.of();
        }

        @Override
        public List<Plan> create(List<String> topics, int replication) {
          return List.of();
        }
      };

  /// What is there and what is not, in the order of creation; empty on a bus whose topics come into
  /// being with their first entry.
  List<Plan> plan(List<String> topics, int replication);

  /// Creates what is missing. Throws [dev.mdp.core.error.ConfigException] when a topic is there
  /// with other settings than it needs.
  List<Plan> create(List<String> topics, int replication);

  /// @param replication replicas of each shard; 0 for the cluster's default
  /// @param settings what it is created with, as the bus names it
  record Plan(String topic, int shards, int replication, String settings, State state) {}

  enum State {
    MISSING,
    PRESENT,
    CREATED
  }
}
