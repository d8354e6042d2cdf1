package dev.mdp.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mdp.cli.Mdp;
import dev.mdp.cli.Run;
import dev.mdp.cli.log.LogFormat;
import dev.mdp.cli.log.Stderr;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.ConflictException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.FencedException;
import dev.mdp.core.error.UnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ErrorPrinterTest {
  record Case(Exception error, int code, String category) {}

  static List<Case> cases() {
    return List.of(
        new Case(new ConfigException("c"), 78, "configuration"),
        new Case(new DataException("d"), 65, "data"),
        new Case(new UnavailableException("u"), 69, "unavailable"),
        new Case(new ConflictException("b"), 75, "busy"),
        new Case(new FencedException("f"), 75, "busy"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anExpectedErrorIsOneLineAndItsCategorysCode(Case one) {
    Run run = failing(one.error, "x");

    assertThat(run.code()).isEqualTo(one.code);
    assertThat(run.err()).isEqualTo(one.category + " error: " + one.error.getMessage() + "\n");
  }

  @Test
  void anUnexpectedErrorIsABugWithItsStack() {
    Run run = failing(new IllegalStateException("oops"), "x");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("internal error: IllegalStateException: oops\n")
        .contains("\tat dev.mdp.cli.shell.ErrorPrinterTest");
  }

  @Test
  void escapesOfTheMessageAreShownNotObeyed() {
    assertThat(failing(new DataException("bad \u001b[2J"), "x").err()).contains("bad \\x1b[2J");
  }

  @Test
  void colourIsOnRequestOnlyAndNeverAlone() {
    assertThat(failing(new DataException("d"), "x", "--color", "always").err())
        .isEqualTo("\u001b[31mdata error: \u001b[0md\n");
  }

  @Test
  void aClosedPipeIsSilentAndAFullDiskIsToldOnce() {
    assertThat(writing(new IOException("Broken pipe"))).isEqualTo(new Run(141, "", ""));
    assertThat(writing(new IOException("No space left on device")))
        .isEqualTo(
            new Run(
                1,
                "",
                "output error: cannot write the results to standard output: No space left on device\n"));
  }

  private static Run writing(IOException error) {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw error;
          }
        };
    StringWriter err = new StringWriter();
    int code =
        Mdp.run(
            Run.host(Path.of("/nonexistent"), Map.of()),
            new String[] {"--help"},
            Stdout.over(broken),
            new PrintWriter(err));
    return new Run(code, "", err.toString());
  }

  @Test
  void underJsonLogsEveryErrorIsOneObjectOnStderr() throws IOException {
    StringWriter err = new StringWriter();
    PrintWriter writer = new PrintWriter(err);
    String[] args = {"--log-format", "json", "--nope"};
    Host host = Run.host(Path.of("/nonexistent"), Map.of());

    int code = Mdp.run(host, args, new PrintWriter(new StringWriter()), writer);
    Stderr stderr = new Stderr(writer, writer, host.clock());
    stderr.follow(() -> LogFormat.JSON, () -> true);
    new ErrorPrinter(host, args, writer, stderr)
        .uncaught(Thread.currentThread(), new OutOfMemoryError("heap\nspace"));

    List<JsonNode> lines = new ArrayList<>();
    for (String line : err.toString().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(code).isEqualTo(2);
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst().path("level").asText()).isEqualTo("ERROR");
    assertThat(lines.getFirst().path("message").asText())
        .isEqualTo("usage error: Unknown option: '--nope'");
    assertThat(lines.getFirst().path("exit_code").asInt()).isEqualTo(2);
    assertThat(lines.getLast().path("message").asText())
        .startsWith("internal error: uncaught in thread")
        .contains("OutOfMemoryError");
    assertThat(lines.getLast().path("stack").asText()).contains("ErrorPrinterTest");
  }

  private static Run failing(Exception error, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Host host = Run.host(Path.of("/nonexistent"), Map.of());
    PrintWriter writer = new PrintWriter(err);
    Stderr stderr = new Stderr(writer, writer, host.clock());
    ErrorPrinter errors = new ErrorPrinter(host, args, new PrintWriter(out), stderr);
    CommandLine line = new CommandLine(new RootCommand(host, stderr));
    line.addSubcommand("x", new CommandLine(new Failing(error)));
    int code =
        RootCommand.configure(line, host, errors)
            .setOut(new PrintWriter(out))
            .setErr(stderr.notices())
            .execute(args);
    return new Run(code, out.toString(), err.toString());
  }

  @Command
  record Failing(Exception error) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      throw error;
    }
  }
}
