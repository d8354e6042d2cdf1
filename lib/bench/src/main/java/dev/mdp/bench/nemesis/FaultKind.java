package dev.mdp.bench.nemesis;

import java.util.Locale;

/// What can be done to the pipeline.
enum FaultKind {
  /// SIGKILL of a worker or a sender.
  KILL("kill", 7, false),
  /// SIGSTOP of a worker past its lease, then SIGCONT.
  STOP("stop", 5, false),
  /// PostgreSQL ends at once, as by `pg_ctl -m immediate`, and starts again.
  POSTGRES("postgres-restart", 2, false),
  /// PostgreSQL ends at once and starts again with the data of a while ago, as after a restore or
  /// with a replica that was behind.
  RESTORE("restore", 1, false),
  /// The same, while an owner of shards is frozen past its lease and continues afterwards.
  RESTORE_FROZEN("restore-frozen", 1, false),
  /// The answers to some COMMITs are lost after they were done.
  COMMIT("lost-commit", 6, false),
  /// The answers to some XADDs are lost after they were done.
  XADD("lost-xadd", 5, false),
  /// Another session locks a table or a row.
  LOCK("lock-hog", 3, false),
  /// A sender's clock is wrong for a while, forward or back.
  CLOCK("clock-jump", 4, false),
  /// Entries that no consumer can use.
  POISON("poison", 4, false),
  /// Redis is killed and what it wrote last is cut off its append-only file.
  CUT("redis-cut", 1, true),
  /// Everything in Redis is gone.
  FLUSH("flushall", 1, true),
  /// The streams' heads are gone, also what is still needed.
  TRIM("xtrim", 1, true),
  /// SIGKILL of the Kafka broker, which is started again.
  BROKER_KILL("broker-kill", 2, false),
  /// SIGSTOP of the Kafka broker, for longer than a session or not, then SIGCONT.
  BROKER_STOP("broker-stop", 2, false),
  /// A venue ends its connections.
  VENUE_CUT("venue-cut", 5, false),
  /// A venue's connections stay and bring nothing.
  VENUE_SILENCE("venue-silence", 1, false),
  /// A venue does not send some trades.
  VENUE_DROP("venue-drop", 5, false),
  /// A venue's history is not to be had.
  VENUE_REST("venue-rest", 3, false),
  /// A venue cannot be reached.
  VENUE_OUTAGE("venue-outage", 2, false);

  private final String word;
  private final int weight;
  private final boolean destroys;

  FaultKind(String word, int weight, boolean destroys) {
    this.word = word;
    this.weight = weight;
    this.destroys = destroys;
  }

  String word() {
    return word;
  }

  /// How often it is drawn, relative to the others.
  int weight() {
    return weight;
  }

  /// Whether it comes from a venue.
  boolean isOfVenue() {
    return switch (this) {
      case VENUE_CUT, VENUE_SILENCE, VENUE_DROP, VENUE_REST, VENUE_OUTAGE -> true;
      default -> false;
    };
  }

  /// Whether it takes entries out of the log, so that the workers must stop and say so.
  boolean destroys() {
    return destroys;
  }

  /// Throws [IllegalArgumentException] saying which words there are.
  static FaultKind of(String text) {
    StringBuilder words = new StringBuilder();
    for (FaultKind kind : values()) {
      if (kind.word.equals(text.toLowerCase(Locale.ROOT))) {
        return kind;
      }
      words.append(words.isEmpty() ? "" : ", ").append(kind.word);
    }
    throw new IllegalArgumentException("--only: no fault '" + text + "', there are " + words);
  }
}
