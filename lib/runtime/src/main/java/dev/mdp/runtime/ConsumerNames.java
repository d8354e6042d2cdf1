package dev.mdp.runtime;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/// The names under which a process takes part in a consumer group.
public final class ConsumerNames {
  private static final long RANDOM_PART = 0xffff_ffff_ffffL;

  private ConsumerNames() {}

  /// A name for this process as a consumer: host and pid, and a random part because pids come
  /// again.
  public static String random() {
    String host = System.getenv().getOrDefault("HOSTNAME", "localhost");
    return host
        + "-"
        + ProcessHandle.current().pid()
        + "-"
        + Long.toHexString(new SecureRandom().nextLong() & RANDOM_PART);
  }

  /// The name of this process as an owner of shards: never used twice, also when the consumer's
  /// name is configured. A database that was restored gives the same epochs again, and only the
  /// owner distinguishes them.
  public static String unique(@Nullable String consumer) {
    return consumer == null
        ? random()
        : consumer + "-" + Long.toHexString(new SecureRandom().nextLong() & RANDOM_PART);
  }
}
