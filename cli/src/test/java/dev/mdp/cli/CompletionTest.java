package dev.mdp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {
  /// Options whose values no one can offer: numbers, times, names that are the user's own.
  private static final Set<String> FREE =
      Set.of(
          "--accept-data-loss",
          "--batch-size",
          "--consumer",
          "--drain-timeout",
          "--features",
          "--flush-timeout",
          "--for",
          "--from",
          "--limit",
          "--older-than",
          "--older-than-days",
          "--pending-ok",
          "--rate",
          "--replication",
          "--seed",
          "--settle",
          "--shard",
          "--since",
          "--timeout-minutes",
          "--to",
          "--until-idle",
          "--wait",
          "--year");

  @Test
  void everyOptionOffersItsValuesOrIsKnownToHaveNone() {
    String script = Run.mdp("completion", "bash").out();

    assertThat(script.lines().map(String::strip).filter(line -> line.endsWith("|any'")))
        .extracting(line -> line.substring(1, line.indexOf('|')))
        .isSubsetOf(FREE);
    assertThat(script.lines().map(String::strip))
        .contains(
            "'-c,--config|file'",
            "'--topic|known topic'",
            "'--calendar|known calendar'",
            "'--from|words now open close'",
            "'-o,--output|words table json jsonl csv'");
  }

  /// `mvn test -pl cli -am -Dtest=CompletionTest -Dmdp.write=true` writes the files again.
  @ParameterizedTest
  @CsvSource({
    "bash, mdp, mdp.bash",
    "zsh, mdp, mdp.zsh",
    "bash, datastore, datastore.bash",
    "zsh, datastore, datastore.zsh"
  })
  void theShippedScriptIsWhatTheProgramPrints(String shell, String program, String file)
      throws IOException {
    Path shipped = Project.root().resolve("completions").resolve(file);

    Run run = Run.mdp("completion", shell, "--program", program);
    if (Boolean.getBoolean("mdp.write")) {
      Files.createDirectories(shipped.getParent());
      Files.writeString(shipped, run.out());
    }

    assertThat(run.code()).isZero();
    assertThat(run.out()).isEqualTo(Files.readString(shipped));
  }
}
