package dev.mdp.pipeline;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells once a provider that it sent one identity with two payloads. Shared by the workers of a
/// job; thread-safe.
public final class ConflictNotices {
  /// How many providers are told of by name.
  static final int MAX_PROVIDERS = 100;

  private static final Logger LOG = LoggerFactory.getLogger(ConflictNotices.class);

  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /// A conflict of this provider was counted.
  public void report(String group, String provider) {
    if (told.contains(provider) || told.size() > MAX_PROVIDERS || !told.add(provider)) {
      return;
    }
    if (told.size() > MAX_PROVIDERS) {
      LOG.warn(
          "{}: more than {} providers have conflicts; no others are named", group, MAX_PROVIDERS);
    } else {
      LOG.warn(
          "{}: provider {} sent the same event with two payloads; the smaller one is kept, and both are counted"
              + " (outcome conflict). Set seq: equal timestamps collide",
          group,
          provider);
    }
  }
}
