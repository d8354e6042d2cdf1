package dev.mdp.core.feed;

/// What one process at a time may publish: a provider's series of one shard.
///
/// @param shards how many shards the topic has
public record FeedKey(String provider, String topic, int shard, int shards) {
  @Override
  public String toString() {
    return "feed " + provider + " on " + topic + " shard " + shard;
  }
}
