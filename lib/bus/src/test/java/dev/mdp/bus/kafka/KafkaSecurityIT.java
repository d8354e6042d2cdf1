package dev.mdp.bus.kafka;

import static dev.mdp.testkit.bus.BusEvents.events;
import static dev.mdp.testkit.bus.BusEvents.ticks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.Publisher;
import dev.mdp.core.bus.ShardAssignment;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.metrics.BusMetrics;
import dev.mdp.embedded.kafka.EmbeddedKafka;
import dev.mdp.testkit.bus.BusEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.util.Throwables;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A broker behind TLS that wants a user and a password, with the settings an operator gives.
class KafkaSecurityIT {
  private static final String TOPIC = "secured";
  private static final String STORE_PASSWORD = "store-word";
  private static final String PASSWORD = "ticks-word";

  @TempDir private static Path folder;

  private static EmbeddedKafka broker;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Path keys = folder.resolve("broker.p12");
    keytool(
        "-genkeypair",
        "-alias",
        "broker",
        "-keyalg",
        "RSA",
        "-validity",
        "2",
        "-storetype",
        "PKCS12",
        "-keystore",
        keys.toString(),
        "-storepass",
        STORE_PASSWORD,
        "-dname",
        "CN=127.0.0.1",
        "-ext",
        "SAN=ip:127.0.0.1");
    Map<String, String> settings = new HashMap<>();
    settings.put("listener.security.protocol.map", "PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT");
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.put(
        "listener.name.plaintext.plain.sasl.jaas.config",
        login("broker", "b").replace(";", " user_broker=\"b\" user_mdp=\"" + PASSWORD + "\";"));
    settings.put("ssl.keystore.location", keys.toString());
    settings.put("ssl.keystore.password", STORE_PASSWORD);
    settings.put("ssl.truststore.location", keys.toString());
    settings.put("ssl.truststore.password", STORE_PASSWORD);
    broker = EmbeddedKafka.startTemporary(Path.of(System.getProperty("mdp.kafka.lib")), settings);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void everyKindOfClientComesInWithTheOperatorsSettings() {
    try (KafkaBus bus = open(secured(PASSWORD))) {
      bus.ping();
      bus.topics().create(List.of(TOPIC, TOPIC + ".dlq"), 1);
      try (Publisher publisher = bus.openPublisher(TOPIC)) {
        publisher.publish(ticks("SPY", 0, 10));
      }
      try (ShardSubscription log = bus.openShard(TOPIC, 0);
          ShardAssignment assignment = bus.openAssignment(TOPIC, "group", "member").orElseThrow()) {
        assertThat(events(BusEvents.read(log, 10))).isEqualTo(ticks("SPY", 0, 10));
        Awaitility.await()
            .atMost(Duration.ofSeconds(40))
            .until(() -> assignment.of(0) == ShardAssignment.State.NEWLY_ASSIGNED);
      }
    }
  }

  @Test
  void aWrongPasswordIsAConfigurationErrorThatDoesNotSayIt() {
    try (KafkaBus bus = open(secured("wrong-word"))) {
      assertThatThrownBy(bus::ping)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("refuses this user or password")
          .hasMessageContaining("sasl.jaas.config")
          .hasMessageNotContaining("wrong-word");
    }
  }

  @Test
  void aCertificateNobodyTrustsIsToldAsThat() {
    Map<String, String> properties = secured(PASSWORD);
    properties.keySet().removeIf(name -> name.startsWith("ssl."));
    try (KafkaBus bus = open(properties)) {
      assertThatThrownBy(bus::ping)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("TLS")
          .hasMessageContaining("ssl.truststore.location")
          .hasMessageNotContaining("password");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=a password=secret-word",
        "secret-word",
        "org.example.NoModule required password=\"secret-word\";",
      })
  void aLoginThatCannotBeReadIsAConfigurationError(String login) {
    Map<String, String> properties = secured(PASSWORD);
    properties.put("sasl.jaas.config", login);
    assertThatThrownBy(
            () -> {
              try (KafkaBus bus = open(properties)) {
                bus.ping();
              }
            })
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("sasl.jaas.config")
        .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("secret-word"));
  }

  private static KafkaBus open(Map<String, String> properties) {
    return new KafkaBus(
        KafkaSettings.of(broker.bootstrapServers(), TOPIC, 1, new TreeMap<>(properties)),
        BusMetrics.NONE);
  }

  private static Map<String, String> secured(String password) {
    return new HashMap<>(
        Map.of(
            "security.protocol",
            "SASL_SSL",
            "sasl.mechanism",
            "PLAIN",
            "sasl.jaas.config",
            login("mdp", password),
            "ssl.truststore.location",
            folder.resolve("broker.p12").toString(),
            "ssl.truststore.password",
            STORE_PASSWORD));
  }

  private static String login(String user, String password) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
        .formatted(user, password);
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
