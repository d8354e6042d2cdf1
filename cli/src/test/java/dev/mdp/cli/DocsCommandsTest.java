package dev.mdp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.cli.log.Stderr;
import dev.mdp.cli.shell.ErrorPrinter;
import dev.mdp.cli.shell.Host;
import dev.mdp.cli.shell.RootCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// The command lines that the guide shows, and the output of those that need no server.
final class DocsCommandsTest {
  private static final Path ROOT = Project.root();
  private static final Pattern OFFLINE = Pattern.compile("rules (check|eval)( .*)?");

  @Test
  void everyCommandLineOfTheGuideIsUnderstood() throws IOException {
    List<String> refused = new ArrayList<>();
    List<GuideCommand> all = GuideCommand.all();
    for (GuideCommand each : all) {
      try {
        parse(each.words());
      } catch (ParameterException e) {
        refused.add(each.place() + ": " + each.command() + ": " + e.getMessage());
      }
    }
    assertThat(all).hasSizeGreaterThan(30);
    assertThat(refused).isEmpty();
  }

  @Test
  void whatNeedsNoServerPrintsWhatTheGuideShows() throws IOException {
    List<GuideCommand> offline =
        GuideCommand.all().stream()
            .filter(each ->
                !each.output().isEmpty() && OFFLINE.matcher(each.command().strip()).matches())
            .toList();
    for (GuideCommand each : offline) {
      Run run = Run.in(ROOT, Map.of(), each.words().toArray(String[]::new));
      assertThat(shape(Stream.concat(run.out().lines(), run.err().lines()).toList()))
          .as("%s: %s", each.place(), each.command())
          .containsExactlyInAnyOrderElementsOf(shape(each.output()));
    }
    assertThat(offline).hasSizeGreaterThan(1);
  }

  private static void parse(List<String> words) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Host host = Run.host(ROOT, Map.of());
    RootCommand root = new RootCommand(host, new Stderr(nowhere, nowhere, host.clock()));
    CommandLine line = CommandTree.build(root, _ -> true);
    RootCommand.configure(
        line, host, new ErrorPrinter(host, new String[0], nowhere, root.stderr()));
    var _ = line.parseArgs(words.toArray(String[]::new));
  }

  /// Without the width of columns; numbers count.
  private static List<String> shape(List<String> lines) {
    return lines.stream()
        .map(line -> line.strip().replace(ROOT + "/", "").replaceAll(" +", " "))
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
