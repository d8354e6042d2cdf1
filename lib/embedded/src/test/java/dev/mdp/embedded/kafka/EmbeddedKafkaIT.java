package dev.mdp.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.ConflictException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
  private static final Path JARS = Path.of(System.getProperty("mdp.kafka.lib"));

  @TempDir Path folder;

  @Test
  void goesOnOnTheSamePortAndEndsWhatACrashLeftBehind() throws Exception {
    EmbeddedKafka first = EmbeddedKafka.start(folder, JARS);
    int port = first.port();
    long pid = first.pid();
    assertThat(first.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
    assertThat(first.version()).matches("[0-9]+\\.[0-9]+\\.[0-9]+");
    assertThat(answers(port)).isTrue();
    assertThatThrownBy(() -> EmbeddedKafka.start(folder, JARS))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("Kafka broker in " + folder.toRealPath());

    first.kill();
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThatThrownBy(first::pid).isInstanceOf(IllegalStateException.class);
    first.startAgain();
    assertThat(answers(port)).isTrue();
    first.close();
    assertThat(answers(port)).isFalse();

    try (EmbeddedKafka second = EmbeddedKafka.start(folder, JARS)) {
      assertThat(second.port()).isEqualTo(port);
    }
  }

  @Test
  void aTemporaryBrokerLeavesNothing() {
    EmbeddedKafka kafka =
        EmbeddedKafka.startTemporary(JARS, Map.of("group.consumer.session.timeout.ms", "5000"));
    Path place = kafka.folder();
    assertThat(place.resolve("server.properties"))
        .content()
        .contains("group.consumer.session.timeout.ms=5000");

    kafka.close();

    assertThat(place).doesNotExist();
  }

  @Test
  void withoutItsJarsTheWayToThemIsTold() {
    assertThat(EmbeddedKafka.isBroker(folder)).isFalse();
    assertThatThrownBy(() -> EmbeddedKafka.start(folder.resolve("data"), folder))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("mvn -q -pl lib/kafka-broker package")
        .hasMessageContaining("MDP_KAFKA_LIB");
    assertThat(Files.exists(folder.resolve("data"))).isFalse();
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (java.io.IOException e) {
      return false;
    }
  }
}
