package dev.mdp.pipeline.window;

/// Which lane of a shard: a provider's live feed, or one of its replays.
public record LaneKey(String provider, String lane) implements Comparable<LaneKey> {
  public boolean is(String otherProvider, String otherLane) {
    return provider.equals(otherProvider) && lane.equals(otherLane);
  }

  @Override
  public int compareTo(LaneKey other) {
    int byProvider = provider.compareTo(other.provider);
    return byProvider != 0 ? byProvider : lane.compareTo(other.lane);
  }
}
