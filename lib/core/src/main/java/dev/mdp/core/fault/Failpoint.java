package dev.mdp.core.fault;

import dev.mdp.core.error.ConfigException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// Named places at which the process can be made to die: with `-Dmdp.failpoint=NAME:N` it ends at
/// the N-th pass of that place as by a power cut, with exit code 137. Without the property a place
/// costs nothing. Thread-safe.
public enum Failpoint {
  /// Entries were read, none is judged yet.
  MICRO_BATCH_AFTER_READ,
  /// Some of the entries before the last commit were read again, not all.
  MICRO_BATCH_IN_RECOVERY,
  /// Bars and dead letters are ready, the letters are published; the database knows nothing.
  MICRO_BATCH_BEFORE_COMMIT,
  /// Committed, and the bus was told nothing.
  MICRO_BATCH_AFTER_COMMIT,
  /// The shard was claimed and nothing read.
  MICRO_BATCH_AFTER_CLAIM,
  /// Drained and committed; the lease still lives.
  MICRO_BATCH_BEFORE_RELEASE,
  /// The claim's update was done and not committed.
  CLAIM_BEFORE_COMMIT,
  /// The rows of a COPY were sent, its end was not.
  MID_COPY,
  /// The bars are in the transaction, the checkpoint is not.
  BARS_BEFORE_FENCE,
  /// The checkpoint is in the transaction too; COMMIT was not sent.
  BARS_AFTER_FENCE,
  /// Entries of an evaluated shard were read, none is judged yet.
  INFER_AFTER_READ,
  /// Some of the entries before the last commit of an evaluated shard were read again, not all.
  INFER_IN_RECOVERY,
  /// Signals were evaluated; the database knows nothing.
  INFER_BEFORE_COMMIT,
  /// The signals and the state are in the transaction, the checkpoint is not.
  SIGNALS_BEFORE_FENCE,
  /// The checkpoint is in the transaction with the signals; COMMIT was not sent.
  SIGNALS_AFTER_FENCE,
  /// The signals are committed, none is on the bus.
  INFER_BEFORE_PUBLISH,
  /// The signals are on the bus, and no one has noted that.
  INFER_AFTER_PUBLISH,
  /// Ticks were delivered, none is written.
  TICKS_AFTER_READ,
  /// The ticks are in the transaction; COMMIT was not sent.
  TICKS_BEFORE_COMMIT,
  /// The ticks are committed and not acknowledged.
  TICKS_AFTER_COMMIT,
  /// The ticks are acknowledged; the group's low-water mark is behind.
  TICKS_BEFORE_LOW_WATER,
  /// A batch was taken from the source and not sent.
  PRODUCE_BEFORE_PUBLISH,
  /// The bus has acknowledged a batch and the producer has not counted it.
  PRODUCE_AFTER_PUBLISH;

  public static final String PROPERTY = "mdp.failpoint";
  public static final int EXIT_CODE = 137;

  private static final String SETTING = System.getProperty(PROPERTY, "");
  private static final boolean ARMED = !SETTING.isEmpty();
  private static final AtomicLong PASSES = new AtomicLong();

  /// The name in the property, e.g. `mid-copy`.
  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /// The process passes this place.
  public void pass() {
    if (ARMED) {
      passArmed();
    }
  }

  /// Throws [ConfigException] when the property is set and names no place.
  public static void requireValid() {
    if (ARMED) {
      Trap.parse(SETTING);
    }
  }

  /// Whether some place is to be the last one.
  public static boolean isSet() {
    return ARMED;
  }

  private void passArmed() {
    Trap trap = Trap.parse(SETTING);
    if (trap.point == this && PASSES.incrementAndGet() == trap.pass) {
      System.err.println("failpoint " + text() + ":" + trap.pass);
      System.err.flush();
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }

  /// Where to die, at which pass.
  record Trap(Failpoint point, long pass) {
    static Trap parse(String text) {
      String[] parts = text.split(":", -1);
      Optional<Failpoint> named =
          Arrays.stream(values()).filter(point -> point.text().equals(parts[0])).findAny();
      if (named.isEmpty() || parts.length != 2 || !parts[1].matches("[1-9][0-9]{0,8}")) {
        throw new ConfigException(
            "-D"
                + PROPERTY
                + "="
                + text
                + ": want NAME:N, N from 1 on, NAME one of "
                + Arrays.stream(values()).map(Failpoint::text).collect(Collectors.joining(", ")));
      }
      return new Trap(named.get(), Long.parseLong(parts[1]));
    }
  }
}
