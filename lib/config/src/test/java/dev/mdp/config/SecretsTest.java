package dev.mdp.config;

import static dev.mdp.config.ConfigFixture.load;
import static dev.mdp.config.ConfigFixture.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.config.read.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
  @Test
  void aSecretIsReadFromAFileOrACredential(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("db"), "postgresql://u:hunter2@h/db\n");

    LoadedConfig byFile =
        load("store: { url: { file: \"${DIR}/db\" } }", Map.of("DIR", folder.toString()));
    LoadedConfig byCredential =
        load(
            "store: { url: { credential: db } }",
            Map.of("CREDENTIALS_DIRECTORY", folder.toString()));

    assertThat(byFile.config().store().url().reveal()).isEqualTo("postgresql://u:hunter2@h/db");
    assertThat(byCredential.config().store()).isEqualTo(byFile.config().store());
    assertThat(byFile.origin("store.url").toString()).contains("secret file").endsWith("1:23");
  }

  @Test
  void anUnreadableSecretIsAProblemAtItsPlace() {
    assertThat(problems("store: { url: { file: /nowhere/db } }"))
        .contains(
            "streaming.yaml:1:23: store.url: cannot read the file /nowhere/db (it does not exist)");
    assertThat(problems("store: { url: { credential: db } }"))
        .contains("needs $CREDENTIALS_DIRECTORY");
    assertThat(
            problems(
                "store: { url: { credential: ../db } }", Map.of("CREDENTIALS_DIRECTORY", "/x")))
        .contains("not a credential's name: '../db'");
    assertThat(problems("store: { url: { file: a, credential: b } }")).contains("alone");
  }

  @Test
  void nothingThatIsPrintedHoldsAPassword() {
    LoadedConfig loaded =
        load(
            "store: { url: \"postgresql://u:hunter2@h/db\" }\n"
                + "bus: { type: kafka, redis: { uri: \"redis://:hunter2@h\" }, kafka: { properties: {"
                + " sasl.jaas.config: \"x password='hunter2';\", ssl.truststore.password: hunter2 } } }");

    assertThat(loaded.toString()).doesNotContain("hunter2").contains("u:***@h/db");
  }

  @Test
  void thePasswordDoesNotChangeTheFingerprintButTheHostDoes() {
    String first = load("store: { url: \"postgresql://u:one@h/db\" }").fingerprint();
    String second = load("store: { url: \"postgresql://u:two@h/db\" }").fingerprint();
    String other = load("store: { url: \"postgresql://u:one@i/db\" }").fingerprint();

    assertThat(first).isEqualTo(second).isNotEqualTo(other).matches("[0-9a-f]{16}");
  }

  @Test
  void aConfigurationWithoutTheKeysOfAPoolerKeepsItsFingerprint() {
    String before = load("").fingerprint();

    assertThat(load("store: { pooler: session }").fingerprint()).isEqualTo(before);
    assertThat(load("store: { pooler: transaction }").fingerprint()).isNotEqualTo(before);
    String direct = load("store: { direct_url: \"postgresql://u:one@h/db\" }").fingerprint();
    assertThat(load("store: { direct_url: \"postgresql://u:two@h/db\" }").fingerprint())
        .isEqualTo(direct)
        .isNotEqualTo(before);
  }

  @Test
  void aConfigurationWithoutShardKeysOfInferenceKeepsItsFingerprint() {
    // as versions before those keys printed it for an empty file
    assertThat(load("").fingerprint()).isEqualTo("5e6c154cedbffde8");
    LoadedConfig late = load("micro_batch: { allow_late_ms: 800 }");

    assertThat(late.config().inference().shards().allowLate().toMillis()).isEqualTo(800);
    assertThat(late.settings()).noneMatch(each -> each.path().startsWith("inference.allow"));
    assertThat(
            load("micro_batch: { allow_late_ms: 800 }\ninference: { allow_late_ms: 800 }")
                .fingerprint())
        .isNotEqualTo(late.fingerprint());
  }

  @Test
  void theDirectUrlIsHiddenLikeTheOther() {
    LoadedConfig loaded =
        load("store: { pooler: transaction, direct_url: \"postgresql://u:hunter2@h/db\" }");

    assertThat(loaded.toString()).doesNotContain("hunter2").contains("u:***@h/db");
    assertThat(loaded.config().store().directUrl().orElseThrow().reveal()).contains("hunter2");
    assertThat(problems("store: { direct_url: \"mysql://u:hunter2@h/db\" }"))
        .contains("store.direct_url: must begin with postgresql://")
        .doesNotContain("hunter2");
    assertThat(problems("store: { pooler: statement }"))
        .contains("store.pooler: want one of session, transaction, was 'statement'");
  }

  @Test
  void theFingerprintIsOfTheEffectiveValuesNotOfTheirOrigin() {
    assertThat(load("ticks: { batch_size: 1000 }").fingerprint())
        .isEqualTo(load("").fingerprint())
        .isEqualTo(load("", Map.of(), "ticks.batch_size=1000").fingerprint());
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://u:p@h/db, postgresql://u:***@h/db",
    "postgresql://u:p/q?r@h/db, postgresql://u:***@h/db",
    "postgresql://u@h/db, postgresql://***@h/db",
    "postgresql://h/db?user=u&password=p&x=y, postgresql://h/db?user=u&password=***&x=y",
    "jdbc:postgresql://h/db?password=p, jdbc:postgresql://h/db?password=***",
    "redis://secret@h:1/0, redis://***@h:1/0",
    "redis://:a@b@h:1/0, redis://:***@h:1/0",
    "redis://h:1/0, redis://h:1/0"
  })
  void urlsLoseOnlyTheirPassword(String url, String redacted) {
    assertThat(Redaction.text(url)).isEqualTo(redacted);
    assertThat(Redaction.text("url: \"" + url + "\", x: 1"))
        .isEqualTo("url: \"" + redacted + "\", x: 1");
  }
}
