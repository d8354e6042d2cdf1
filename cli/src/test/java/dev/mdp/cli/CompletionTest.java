package dev.mdp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {
  /// `mvn test -pl cli -am -Dtest=CompletionTest -Dmdp.write=true` writes the files anew.
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
