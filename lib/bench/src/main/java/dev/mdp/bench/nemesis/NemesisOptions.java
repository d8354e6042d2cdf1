package dev.mdp.bench.nemesis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// How long, how hard, with what.
///
/// @param faults this many, or 0: as many as fit into the time
/// @param time without a number of faults, the length of the whole run
/// @param rate events per second, all senders together
/// @param kafka whether the log is on Kafka; else on Redis
/// @param feed whether live feeds of doubles of venues are the source; else senders of made-up
///   events
/// @param keep leaves the folder with the logs of all processes and the senders' accounts
/// @param spoil changes one bar behind the pipeline's back, so that the verdict must be bad
record NemesisOptions(
    int faults,
    Duration time,
    long seed,
    Set<FaultKind> kinds,
    Path jar,
    int rate,
    boolean kafka,
    boolean feed,
    boolean spoil,
    boolean keep) {
  static final String USAGE =
      """
      usage: bench nemesis [--faults N | --for 3m] [--seed N] [--only kill,stop,…] [--rate 300]
                           [--bus redis|kafka] [--feed] [--jar cli/target/mdp.jar] [--keep] [--spoil]
        faults: kill, stop, postgres-restart, restore, restore-frozen, lost-commit, lock-hog, poison;
                on Redis lost-xadd, redis-cut, flushall, xtrim; on Kafka broker-kill, broker-stop;
                without --feed clock-jump;
                with --feed venue-cut, venue-silence, venue-drop, venue-rest, venue-outage
        --feed takes the trades from live feeds of venues' doubles instead of senders; then nothing
               is forgiven, not even what Redis lost
        --keep leaves the folder with the logs of all processes
        --spoil changes one bar by hand before the judgement, to see that it can be bad
      Exit code 0; 3 when the oracle found something; 2 for this text.\
      """;

  static NemesisOptions parse(String[] arguments) {
    int faults = 0;
    Duration time = Duration.ofMinutes(3);
    long seed = ThreadLocalRandom.current().nextLong(1_000_000);
    Set<FaultKind> kinds = EnumSet.allOf(FaultKind.class);
    Path jar = Path.of("cli", "target", "mdp.jar");
    int rate = 300;
    boolean kafka = false;
    boolean feed = false;
    boolean spoil = false;
    boolean keep = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--faults" -> faults = (int) number(arguments, ++i, 1, 1_000_000);
        case "--for" -> time = duration(value(arguments, ++i));
        case "--seed" -> seed = number(arguments, ++i, 0, Long.MAX_VALUE);
        case "--only" -> kinds = kinds(value(arguments, ++i));
        case "--jar" -> jar = Path.of(value(arguments, ++i));
        case "--rate" -> rate = (int) number(arguments, ++i, 10, 10_000);
        case "--bus" -> kafka = isKafka(value(arguments, ++i));
        case "--feed" -> feed = true;
        case "--spoil" -> spoil = true;
        case "--keep" -> keep = true;
        default -> throw new IllegalArgumentException("not an option: '" + arguments[i] + "'");
      }
    }
    NemesisOptions options =
        new NemesisOptions(faults, time, seed, kinds, jar, rate, kafka, feed, spoil, keep);
    if (options.possible().isEmpty()) {
      throw new IllegalArgumentException(
          "--only: none of these faults is possible on this bus with this source");
    }
    return options;
  }

  /// The faults that were chosen and that this source and this bus can suffer.
  Set<FaultKind> possible() {
    Set<FaultKind> not = kafka ? KafkaServer.NO_FAULTS : RedisServer.NO_FAULTS;
    Set<FaultKind> possible = EnumSet.noneOf(FaultKind.class);
    for (FaultKind kind : kinds) {
      boolean ofSource = feed ? kind != FaultKind.CLOCK : !kind.isOfVenue();
      if (ofSource && !not.contains(kind)) {
        possible.add(kind);
      }
    }
    return possible;
  }

  private static boolean isKafka(String bus) {
    return switch (bus) {
      case "redis" -> false;
      case "kafka" -> true;
      default ->
          throw new IllegalArgumentException("--bus must be redis or kafka, was '" + bus + "'");
    };
  }

  private static Set<FaultKind> kinds(String text) {
    Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    for (String word : text.split(",")) {
      kinds.add(FaultKind.of(word));
    }
    return kinds;
  }

  private static Duration duration(String text) {
    if (!text.matches("[1-9][0-9]{0,5}[smh]")) {
      throw new IllegalArgumentException("--for wants a time like 90s, 3m or 1h, was " + text);
    }
    long count = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(count);
      case 'm' -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }

  private static String value(String[] arguments, int index) {
    if (index == arguments.length) {
      throw new IllegalArgumentException(arguments[index - 1] + " wants a value");
    }
    return arguments[index];
  }

  private static long number(String[] arguments, int index, long least, long most) {
    String name = arguments[index - 1];
    if (!value(arguments, index).matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException(name + " wants a number, was " + arguments[index]);
    }
    long number = Long.parseLong(arguments[index]);
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          name + " must be from " + least + " to " + most + ", was " + number);
    }
    return number;
  }
}
