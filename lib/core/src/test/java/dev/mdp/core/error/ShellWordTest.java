package dev.mdp.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordTest {
  @Test
  void aShellGivesTheWordBackAsItIs() throws Exception {
    List<String> words =
        List.of(
            "SPY",
            "^VIX",
            "$SPX",
            "BRK B",
            "A&B",
            "*",
            "~",
            "(X)",
            "{A}",
            "!",
            "#",
            "=X",
            "币安",
            "",
            "it's",
            "a;b",
            "2025-10-24T14:00:00Z");
    for (String word : words) {
      Process shell =
          new ProcessBuilder("sh", "-c", "printf %s " + ShellWord.of(word))
              .redirectErrorStream(true)
              .start();
      String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(shell.waitFor()).as(word).isZero();
      assertThat(printed).isEqualTo(word);
    }
  }

  @Test
  void whatNoShellChangesIsWithoutQuotes() {
    assertThat(ShellWord.option(" --symbol", "SPY,BRK.B")).isEqualTo(" --symbol SPY,BRK.B");
    assertThat(ShellWord.option(" --symbol", "$SPX")).isEqualTo(" --symbol '$SPX'");
    assertThat(ShellWord.option(" --symbol", "-X")).isEqualTo(" --symbol=-X");
  }
}
