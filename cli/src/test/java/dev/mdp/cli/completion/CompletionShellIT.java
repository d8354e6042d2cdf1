package dev.mdp.cli.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mdp.cli.Project;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The shipped scripts in real shells on a terminal: a key writes all that TAB offers into the
/// line, and a function in place of mdp prints the words that it then gets.
class CompletionShellIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String ALL_MATCHES = "\u0014";

  private static final String NAMES =
      """
      symbol\tSPY
      symbol\tBTC:USD
      symbol\t^GSPC
      symbol\tA $(touch pwned) b
      symbol\tB;touch pwned
      symbol\tC`touch pwned`
      symbol\tD'"\\&|*?~
      symbol\tE\u001b[2J
      provider\tsynthetic
      dataset\txrpeth
      group\tmdp-consumers-inference
      rule\tmomentum_up
      run\t42
      run\t41
      key\tmicro_batch.window_ms
      """;

  private static final Map<String, String> BASH =
      Map.of(
          "start",
          "exec bash --noprofile --rcfile start -i",
          "rc",
          """
          PS1=
          bind 'set enable-bracketed-paste off'
          bind 'set show-all-if-ambiguous on'
          bind '"\\C-t": insert-completions'
          """);

  private static final Map<String, String> ZSH =
      Map.of(
          "start",
          "ZDOTDIR=. exec zsh -o no_global_rcs -i",
          "rc",
          """
          PS1=
          unset zle_bracketed_paste
          unsetopt prompt_sp
          autoload -Uz compinit && compinit -u -D
          zle -C all-matches complete-word _generic
          bindkey '^T' all-matches
          zstyle ':completion:all-matches:*' insert true
          zstyle ':completion:all-matches::::' completer _all_matches _complete
          """);

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(folder.resolve("cache/mdp"));
    Files.writeString(folder.resolve("cache/mdp/completion"), NAMES);
    Files.writeString(folder.resolve("my file.yaml"), "");
    Files.createDirectory(folder.resolve("folder"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void offersWhatFitsAndNothingElse(String shell) throws Exception {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("mdp stream tail --output ", "<stream><tail><--output><jsonl><table>");
    expected.put("mdp bars list -o ", "<bars><list><-o><csv><json><jsonl><table>");
    expected.put("mdp bars list --output=t", "<bars><list><--output=table>");
    expected.put("mdp --log-format ", "<--log-format><auto><journal><json><text>");
    expected.put("mdp config check --config m", "<config><check><--config><my file.yaml>");
    expected.put("mdp up --data-dir ", "<up><--data-dir><cache><folder>");
    expected.put("mdp stream dead-letters ", "<stream><dead-letters><list><purge><requeue><show>");
    expected.put("mdp stream tail --lim", "<stream><tail><--limit>");
    expected.put("mdp stream tail --symbol BTC:U", "<stream><tail><--symbol><BTC:USD>");
    expected.put("mdp bars list --symbol=BTC:U", "<bars><list><--symbol=BTC:USD>");
    expected.put("mdp bars list --symbol SPY,^G", "<bars><list><--symbol><SPY,^GSPC>");
    expected.put("mdp stream shard-of ", "<stream><shard-of><synthetic>");
    expected.put("mdp stream shard-of synthetic SP", "<stream><shard-of><synthetic><SPY>");
    expected.put("mdp stream replay --dataset ", "<stream><replay><--dataset><xrpeth>");
    expected.put("mdp signals list --name ", "<signals><list><--name><momentum_up>");
    expected.put("mdp datastore job-runs-inspect ", "<datastore><job-runs-inspect><41><42>");
    expected.put("mdp --set mic", "<--set><micro_batch.window_ms=>");
    expected.put(
        "mdp stream checkpoints list --group ",
        "<stream><checkpoints><list><--group><mdp-consumers-inference>");
    expected.put("mdp completion ", "<completion><bash><zsh>");
    expected.put("mdp stream tail --nope ", "<stream><tail><--nope>");
    expected.put("datastore job-runs-l", "<job-runs-list>");

    Map<String, String> offered = offered(shell, List.copyOf(expected.keySet()));

    assertThat(folder.resolve("pwned")).doesNotExist();
    assertThat(offered).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void whateverANameIsItArrivesAsItIsAndRunsNothing(String shell) throws Exception {
    Map<String, String> offered =
        offered(
            shell,
            List.of(
                "mdp stream tail --symbol A",
                "mdp stream tail --symbol B\\;",
                "mdp stream tail --symbol=C",
                "mdp stream tail --symbol D",
                "mdp stream tail --symbol E"));

    assertThat(offered.values())
        .containsExactly(
            "<stream><tail><--symbol><A $(touch pwned) b>",
            "<stream><tail><--symbol><B;touch pwned>",
            "<stream><tail><--symbol=C`touch pwned`>",
            "<stream><tail><--symbol><D'\"\\&|*?~>",
            "<stream><tail><--symbol><E>");
    assertThat(folder.resolve("pwned")).doesNotExist();
  }

  /// What the command gets when all that is offered is written into each of these lines.
  private Map<String, String> offered(String shell, List<String> lines) throws Exception {
    assumeTrue(
        isInstalled(shell) && isInstalled("script"),
        shell + " and script are needed: apt-get install zsh bsdutils");
    Map<String, String> how = shell.equals("bash") ? BASH : ZSH;
    String start =
        how.get("rc")
            + "function mdp { printf '[%s]' \"$n\"; printf '<%s>' \"$@\"; printf '.\\n'; }\n"
            + "function datastore { mdp \"$@\"; }\n"
            + "source '"
            + shipped("mdp." + shell)
            + "'\n"
            + "source '"
            + shipped("datastore." + shell)
            + "'\n"
            + "printf 'read''y\\n'\n";
    Files.writeString(folder.resolve(shell.equals("bash") ? "start" : ".zshrc"), start);
    Path screen = folder.resolve("screen");
    ProcessBuilder builder =
        new ProcessBuilder("script", "-qfec", how.get("start"), "/dev/null")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(screen.toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH", "/usr/bin:/bin",
                "HOME", folder.toString(),
                "XDG_CACHE_HOME", folder.resolve("cache").toString(),
                "TERM", "dumb",
                "COLUMNS", "500",
                "LC_ALL", "C.UTF-8"));
    Process process = builder.start();
    Map<String, String> offered = new LinkedHashMap<>();
    try (Writer keys = process.outputWriter(StandardCharsets.UTF_8)) {
      await(screen, "ready\n");
      for (int i = 0; i < lines.size(); i++) {
        type(keys, "n=" + i + "\n");
        type(keys, lines.get(i) + ALL_MATCHES);
        type(keys, "\n");
        String got = await(screen, "[" + i + "]<");
        offered.put(lines.get(i), got);
      }
      type(keys, "exit\n");
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return offered;
  }

  private static void type(Writer keys, String text) throws IOException {
    keys.write(text);
    keys.flush();
  }

  /// The rest of the line that begins so, up to its full stop.
  private static String await(Path screen, String begin) {
    return Awaitility.await(begin)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> rest(screen, begin), Objects::nonNull);
  }

  private static @org.jspecify.annotations.Nullable String rest(Path screen, String begin)
      throws IOException {
    String text = Files.readString(screen).replace("\r", "");
    int at = text.lastIndexOf(begin);
    if (at < 0 || begin.endsWith("\n")) {
      return at < 0 ? null : "";
    }
    int end = text.indexOf(">.\n", at);
    return end < 0 ? null : text.substring(at + begin.length() - 1, end + 1);
  }

  private static boolean isInstalled(String program) {
    return Files.isExecutable(Path.of("/usr/bin", program))
        || Files.isExecutable(Path.of("/bin", program));
  }

  private static Path shipped(String file) {
    return Project.root().resolve("completions").resolve(file);
  }
}
