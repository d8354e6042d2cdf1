package dev.mdp.bench;

import dev.mdp.bench.nemesis.Nemesis;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;

/// The benchmark command: starts its own real servers, measures, checks what the tables have in the
/// end, prints a table of medians beside their goals.
public final class Bench {
  private Bench() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    System.exit(run(arguments, new PrintStream(System.out, false, StandardCharsets.UTF_8)));
  }

  /// Returns the exit code.
  static int run(String[] arguments, PrintStream out) throws IOException, SQLException {
    if (arguments.length > 0 && arguments[0].equals("nemesis")) {
      return Nemesis.run(Arrays.copyOfRange(arguments, 1, arguments.length), out);
    }
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      System.err.println(Options.USAGE);
      return 2;
    }
    BenchReport report = new BenchReport(out);
    for (Options.Part part : options.parts()) {
      try (Rig rig = new Rig()) {
        if (part == options.parts().iterator().next()) {
          report.say(
              "mdp bench: %d rounds, %,d events; Java %s, %s, %d processors"
                  .formatted(
                      options.rounds(),
                      options.events(),
                      Runtime.version(),
                      rig.versions(),
                      Runtime.getRuntime().availableProcessors()));
        }
        measure(part, rig, options, report);
        report.endOfPart();
      }
    }
    return report.anyVoid() ? 1 : 0;
  }

  private static void measure(Options.Part part, Rig rig, Options options, BenchReport report)
      throws IOException, SQLException {
    switch (part) {
      case A -> new ReplayPart(rig, options, report).run();
      case B -> new BarsPart(rig, options, report).run();
      case C -> new TicksPart(rig, options, report).run();
      case E -> new ScalePart(rig, options, report).run();
      case F -> new LivePart(rig, options, report).run();
      case G -> new VerifyPart(rig, options, report).run();
      case H -> new KafkaPart(rig, options, report).run();
      case I -> new InferPart(rig, options, report).run();
      case V -> new FeedPart(rig, options, report).run();
    }
  }
}
