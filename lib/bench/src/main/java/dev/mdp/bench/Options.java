package dev.mdp.bench;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// What to measure and how much.
///
/// @param rounds alternating rounds of every figure
/// @param events of the dense stream of (a); the other parts take their shares of it
/// @param seconds of each live measurement
/// @param rate the live measurement to make; 0 for all
record Options(Set<Part> parts, int rounds, long events, int seconds, int rate) {
  static final String USAGE =
      """
      usage: bench [a|b|c|d|e|f|g|h|i|v|all]... [--rounds 5] [--events 3000000] [--seconds 30]
             [--rate 10000|102000|833|1000]
        a, d  micro-batch from a pre-filled Redis to committed bars: events/s, memory
        b     bar upserts against psql \\copy
        c     tick inserts against psql \\copy
        e     cost per event over the number of events and of symbols
        f     live: latency, sustained rate, cost when little comes; with --rate only one of the four
        g     verify bars against a plain GROUP BY in psql
        h     micro-batch from a pre-filled Kafka against a bare poll loop and Kafka Streams
        i     infer from a pre-filled Redis against micro-batch; a rule's time, a model's for a batch
        v     live feeds: frames decoded, a venue's double to the bus, reconnect, refill, memory
      or:    bench nemesis …   faults and a verdict instead of figures; see bench nemesis --help
      -Dbench.jvm='…' gives the measured JVMs more options, for example a flight recording.
      Exit code 0; 1 when a figure is void because the tables are not what the generator made; 2 for this text.\
      """;

  /// What can be measured by itself.
  enum Part {
    A,
    B,
    C,
    E,
    F,
    G,
    H,
    I,
    V
  }

  /// Throws [IllegalArgumentException] saying what is wrong.
  static Options parse(String[] arguments) {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    int rounds = 5;
    long events = 3_000_000;
    int seconds = 30;
    int rate = 0;
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      switch (argument) {
        case "--rounds" -> rounds = (int) number(arguments, ++i, 1, 1_000);
        case "--events" -> events = number(arguments, ++i, 10_000, 20_000_000);
        case "--seconds" -> seconds = (int) number(arguments, ++i, 2, 3_600);
        case "--rate" -> rate = rate(arguments, ++i);
        case "all" -> parts.addAll(EnumSet.allOf(Part.class));
        case "d" -> parts.add(Part.A);
        case "a", "b", "c", "e", "f", "g", "h", "i", "v" ->
            parts.add(Part.valueOf(argument.toUpperCase(Locale.ROOT)));
        default -> throw new IllegalArgumentException("not a part or option: '" + argument + "'");
      }
    }
    return new Options(
        parts.isEmpty() ? EnumSet.allOf(Part.class) : parts, rounds, events, seconds, rate);
  }

  private static int rate(String[] arguments, int index) {
    int rate = (int) number(arguments, index, 1, 1_000_000);
    if (!LivePart.RATES.contains(rate)) {
      throw new IllegalArgumentException(
          "--rate must be one of " + LivePart.RATES + ", was " + rate);
    }
    return rate;
  }

  private static long number(String[] arguments, int index, long least, long most) {
    String name = arguments[index - 1];
    if (index == arguments.length || !arguments[index].matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(name + " wants a number");
    }
    long number = Long.parseLong(arguments[index]);
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          name + " must be from " + least + " to " + most + ", was " + number);
    }
    return number;
  }
}
