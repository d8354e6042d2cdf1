package dev.mdp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.cli.log.Stderr;
import dev.mdp.cli.shell.Group;
import dev.mdp.cli.shell.Host;
import dev.mdp.cli.shell.RootCommand;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class MdpTest {
  @Test
  void helpIsAResultAndNamesEveryCommand() {
    Run run = Run.mdp("--help");

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("stream", "datastore", "config", "completion", "Exit codes:");
  }

  @Test
  void aloneOrWithAGroupAloneItPrintsHelp() {
    assertThat(Run.mdp().out()).isEqualTo(Run.mdp("--help").out());
    assertThat(Run.mdp("config").out()).isEqualTo(Run.mdp("config", "-h").out()).contains("check");
    assertThat(Run.mdp("stream").code()).isZero();
  }

  @Test
  void tellsItsVersion() {
    assertThat(Run.mdp("--version")).isEqualTo(new Run(0, "mdp 0.1.0\n", ""));
  }

  @Test
  void helpAndVersionAreCommandsToo() {
    assertThat(Run.mdp("version")).isEqualTo(Run.mdp("--version"));
    assertThat(Run.mdp("help")).isEqualTo(Run.mdp("--help"));
    assertThat(Run.mdp("help", "stream")).isEqualTo(Run.mdp("stream", "--help"));
    assertThat(Run.mdp("help", "stream", "tail")).isEqualTo(Run.mdp("stream", "tail", "--help"));
    assertThat(Run.mdp("help", "strem", "tail"))
        .isEqualTo(
            new Run(
                2,
                "",
                "usage error: unknown command 'strem' — did you mean 'stream'?\ntry 'mdp --help'\n"));
  }

  @Test
  void anUnknownCommandIsAUsageErrorWithTheNearestOne() {
    Run run = Run.mdp("config", "shw");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("usage error: Unmatched argument at index 1: 'shw'")
        .contains("did you mean 'show'?")
        .contains("try 'mdp config --help'");
  }

  @Test
  void anUnknownOptionIsTheMistakeAndOneLine() {
    Run run = Run.mdp("config", "check", "--no-conect");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            """
            usage error: Unknown option: '--no-conect' — did you mean '--no-connect'?
            try 'mdp config check --help'
            """);
  }

  @Test
  void aBadValueNamesTheOptionAndTheChoices() {
    Run run = Run.mdp("config", "show", "--output", "xml");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--output").contains("TABLE, JSON, JSONL, CSV").contains("xml");
  }

  @Test
  void aWrongNumberIsToldInOurWords() {
    assertThat(Run.mdp("datastore", "job-runs-list", "--limit", "abc").err())
        .contains("'--limit'", "must be a whole number, was 'abc'")
        .doesNotContain("is not a");
    assertThat(Run.mdp("stream", "produce", "--rate", "fast").err())
        .contains("must be a number, was 'fast'");
    assertThat(Run.mdp("stream", "produce", "--limit", "99999999999999999999").err())
        .contains("is too large, was '99999999999999999999'");
  }

  @Test
  void globalOptionsStandBeforeOrAfterTheCommand() {
    Run before = Run.mdp("--set", "ticks.batch_size=7", "config", "show", "-o", "jsonl");
    Run after = Run.mdp("config", "show", "-o", "jsonl", "--set", "ticks.batch_size=7");

    assertThat(before).isEqualTo(after);
    assertThat(before.out()).contains("{\"key\":\"ticks.batch_size\",\"value\":7}");
  }

  @Test
  void controlCharactersOfTheCommandLineDoNotReachTheTerminal() {
    assertThat(Run.mdp("\u001b[2J").err()).doesNotContain("\u001b").contains("\\x1b[2J");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandsHelpHasExamplesAndExitCodes(String command) {
    Run run = Run.mdp((command + " --help").strip().split(" ", -1));

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines().filter(line -> line.startsWith("  mdp ")))
        .hasSizeGreaterThanOrEqualTo(2);
    assertThat(run.out()).contains("Exit codes:");
  }

  static List<String> commands() {
    List<String> leaves = new ArrayList<>(List.of(""));
    PrintWriter none = new PrintWriter(Writer.nullWriter());
    Stderr nowhere = new Stderr(none, none, Clock.systemUTC());
    collect(CommandTree.build(new RootCommand(Host.current(), nowhere), _ -> true), "", leaves);
    return leaves;
  }

  private static void collect(CommandLine line, String path, List<String> leaves) {
    line.getSubcommands()
        .forEach((name, child) -> {
          if (!(child.getCommandSpec().userObject() instanceof Group)) {
            leaves.add((path + " " + name).strip());
          }
          collect(child, path + " " + name, leaves);
        });
  }
}
