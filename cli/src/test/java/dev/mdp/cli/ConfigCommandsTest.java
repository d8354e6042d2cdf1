package dev.mdp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void aGoodConfigurationIsToldWithItsFingerprint() throws IOException {
    write("c.yaml", "ticks: { batch_size: 5 }\n");

    Run run = run("config", "check", "--no-connect", "--config", "c.yaml");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("source       c.yaml")
        .containsPattern("fingerprint  [0-9a-f]{16}\n")
        .contains("result       ok");
  }

  @Test
  void everyProblemIsToldWithPlaceLineAndCaretAndNothingElseHappens() throws IOException {
    write("streaming.yaml", "micro_batch:\n  alow_late_ms: 5\n  window_ms: 0\n");

    Run run = run("config", "check", "--config", "streaming.yaml");

    assertThat(run.code()).isEqualTo(78);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains(
            "streaming.yaml:2:3: unknown key 'alow_late_ms' — did you mean 'allow_late_ms'?\n"
                + "    alow_late_ms: 5\n"
                + "    ^\n")
        .contains("streaming.yaml:3:14: micro_batch.window_ms: want a whole number")
        .endsWith("Nothing was started.\n");
  }

  @Test
  void underJsonAFailureHasTheSameEnvelope() throws IOException {
    write("c.yaml", "nonsense: 1\n");

    Run run = run("config", "check", "-c", "c.yaml", "--output", "json");
    JsonNode envelope = JSON.readTree(run.out());

    assertThat(run.code()).isEqualTo(78);
    assertThat(envelope.get("schema").asText()).isEqualTo("mdp.config.check/v1");
    assertThat(envelope.get("ok").asBoolean()).isFalse();
    assertThat(envelope.get("data"))
        .hasToString(
            "[{\"file\":\"c.yaml\",\"line\":1,\"column\":1,\"key\":\"nonsense\",\"message\":"
                + envelope.at("/data/0/message")
                + "}]");
    assertThat(envelope.at("/data/0/message").asText()).startsWith("unknown key 'nonsense'");
    assertThat(envelope.get("error").get("category").asText()).isEqualTo("configuration");
    assertThat(envelope.get("error").get("exit_code").asInt()).isEqualTo(78);
    assertThat(envelope.get("error").get("message").asText()).contains("c.yaml:1:1");
  }

  @Test
  void underJsonEveryProblemHasItsPlaceAndKey() throws IOException {
    write("r.yaml", "- { name: a, condition: \"price > 1\", signal: by }\n");
    write(
        "c.yaml",
        "micro_batch:\n  alow_late_ms: 5\n  window_ms: 0\ninference: { adapters: { rules: { file: r.yaml } } }\n");

    Run run =
        run("config", "check", "--no-connect", "-c", "c.yaml", "--set", "a.b=1", "-o", "json");
    JsonNode data = JSON.readTree(run.out()).get("data");
    Run good = run("config", "check", "--no-connect", "-o", "json");
    Run csv = run("config", "check", "--no-connect", "-c", "c.yaml", "-o", "csv");

    assertThat(data)
        .extracting(
            each -> each.get("file").asText() + ":" + each.get("line") + ":" + each.get("column"))
        .containsExactly("null:null:null", "c.yaml:2:3", "c.yaml:3:14", folder + "/r.yaml:1:46");
    assertThat(data)
        .extracting(each -> each.get("key").asText())
        .containsExactly(
            "a.b", "micro_batch.alow_late_ms", "micro_batch.window_ms", "rules[0].signal");
    assertThat(data)
        .extracting(each -> each.get("message").asText())
        .allSatisfy(message -> assertThat(message).doesNotContain("\n", "c.yaml:"));
    assertThat(JSON.readTree(good.out()).get("data")).isEmpty();
    assertThat(good.err()).contains("fingerprint");
    assertThat(csv.out().lines()).hasSize(4).first().isEqualTo("file,line,column,key,message");
  }

  @Test
  void aBadCommandLineUnderJsonHasAnEnvelopeToo() throws IOException {
    JsonNode envelope = JSON.readTree(run("config", "check", "--nope", "-ojson").out());

    assertThat(envelope.get("error").get("category").asText()).isEqualTo("usage");
  }

  @Test
  void missingVariablesCanBeAllowed() throws IOException {
    write("c.yaml", "store: { url: \"${NOWHERE_SET}\" }\n");

    assertThat(run("config", "check", "--no-connect", "-c", "c.yaml").code()).isEqualTo(78);
    assertThat(run("config", "check", "--no-connect", "--allow-missing-env", "-c", "c.yaml").code())
        .isZero();
  }

  @Test
  void theCheckNamesEveryServerThatDoesNotAnswer() throws IOException {
    int closed = closedPort();

    Run run =
        run(
            "config",
            "check",
            "--set",
            "bus.redis.uri=redis://127.0.0.1:" + closed,
            "--set",
            "store.url=jdbc:postgresql://127.0.0.1:" + closed + "/x?password=hunter2");

    assertThat(run.code()).isEqualTo(69);
    assertThat(run.err())
        .containsPattern("bus\\.redis\\.uri: .*127\\.0\\.0\\.1:" + closed)
        .containsPattern("store\\.url: .*127\\.0\\.0\\.1:" + closed)
        .doesNotContain("hunter2")
        .doesNotContain("\tat ");
  }

  @Test
  void theRulesAreCompiledOverTheConfiguredFeatures() throws IOException {
    Files.createDirectories(folder.resolve("configs"));
    write("configs/rules.yaml", "- { name: a, condition: \"fast > 1\", signal: buy }\n");
    write(
        "c.yaml",
        "features: { windows: [ { name: fast, kind: mom, periods: 3 }, { name: rsi_3 } ] }\n");

    Run wrong = run("config", "check", "--no-connect");
    Run right = run("config", "check", "--no-connect", "-c", "c.yaml");

    assertThat(wrong.code()).isEqualTo(65);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err()).contains("configs/rules.yaml:1:26: rule 'a': unknown name 'fast'");
    assertThat(right.code()).isZero();
    assertThat(right.out()).contains("rules        1 in ");
  }

  @Test
  void problemsOfTheRulesFileStandBesideThoseOfTheConfiguration() throws IOException {
    write("r.yaml", "- { name: a, condition: \"price > 1\", signal: by }\n");
    write(
        "c.yaml",
        "ticks: { batch_size: x }\ninference: { adapters: { rules: { file: r.yaml } } }\n");

    Run run = run("config", "check", "--no-connect", "-c", "c.yaml");

    assertThat(run.code()).isEqualTo(78);
    assertThat(run.err())
        .contains("c.yaml:1:22: ticks.batch_size: want a whole number")
        .contains("r.yaml:1:46: rules[0].signal: want a number");
  }

  @Test
  void aRulesFileThatIsNotThereIsAProblemWhenSomebodyChoseIt() throws IOException {
    write("c.yaml", "inference:\n  adapters: { rules: { file: nope.yaml } }\n");

    Run chosen = run("config", "check", "--no-connect", "-c", "c.yaml");
    Run builtIn = run("config", "check", "--no-connect");
    Run off =
        run(
            "config",
            "check",
            "--no-connect",
            "-c",
            "c.yaml",
            "--set",
            "inference.adapters.rules.enabled=false");

    assertThat(chosen.code()).isEqualTo(78);
    assertThat(chosen.err()).contains("c.yaml:2:30: inference.adapters.rules.file: no such file: ");
    assertThat(builtIn.code()).isZero();
    assertThat(builtIn.out()).contains("rules        none: no ");
    assertThat(off.out()).contains("rules        not enabled");
  }

  @Test
  void showTellsValuesAndOriginsWithSecretsMasked() throws IOException {
    write("c.yaml", "store: { url: \"postgresql://u:hunter2@h/db\" }\n");

    Run run = run("config", "show", "--origin", "-c", "c.yaml", "--set", "ticks.batch_size=9");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .containsPattern("store\\.url +postgresql://u:\\*\\*\\*@h/db +file c\\.yaml:1:15\n")
        .containsPattern("ticks\\.batch_size +9 +flag --set\n")
        .containsPattern("micro_batch\\.window_ms +2000 +default\n");
    assertThat(run.out() + run.err()).doesNotContain("hunter2");
    assertThat(run.err()).contains("fingerprint");
  }

  @Test
  void theDefaultFileIsReadWhenItIsThere() throws IOException {
    Files.createDirectories(folder.resolve("configs"));
    write("configs/streaming.yaml", "ticks: { batch_size: 5 }\n");

    assertThat(run("config", "show", "-o", "csv").out()).contains("ticks.batch_size,5\n");
    assertThat(Run.mdp("config", "show", "-o", "csv").out()).contains("ticks.batch_size,1000\n");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Run run = run("config", "show", "-c", "nope.yaml");

    assertThat(run.code()).isEqualTo(78);
    assertThat(run.err())
        .isEqualTo(
            "configuration error: no such file: nope.yaml (name the configuration with --config FILE)\n");
  }

  @Test
  void verbosePrintsTheStack() {
    assertThat(run("config", "show", "-c", "nope.yaml", "--verbose").err())
        .contains("\tat dev.mdp.config.ConfigLoader");
  }

  private Run run(String... args) {
    return Run.in(folder, Map.of(), args);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
