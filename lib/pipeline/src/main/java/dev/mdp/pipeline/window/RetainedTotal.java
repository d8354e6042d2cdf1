package dev.mdp.pipeline.window;

/// How many distinct events all lanes of a shard keep in memory. One thread.
final class RetainedTotal {
  private long events;

  void add(long more) {
    events += more;
  }

  long events() {
    return events;
  }
}
