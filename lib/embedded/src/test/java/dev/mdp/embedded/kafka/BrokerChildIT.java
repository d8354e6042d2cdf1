package dev.mdp.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A broker that starts and never listens; a program is in its place.
class BrokerChildIT {
  @TempDir Path folder;
  private Path jars;

  @BeforeEach
  void build() throws IOException {
    Path source = folder.resolve("Kafka.java");
    Files.writeString(
        source,
        "package kafka; class Kafka { public static void main(String[] a) throws Exception"
            + " { Thread.sleep(600_000); } }");
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", folder.toString(), source.toString()))
        .isZero();
    jars = Files.createDirectory(folder.resolve("jars"));
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(jars.resolve("broker.jar")))) {
      jar.putNextEntry(new JarEntry("kafka/Kafka.class"));
      Files.copy(folder.resolve("kafka/Kafka.class"), jar);
    }
  }

  @Test
  void aBrokerWhosePidCannotBeNotedIsNotLeftBehind() throws IOException {
    List<Long> before = children();
    Files.createDirectory(folder.resolve("kafka.pid"));

    assertThatThrownBy(() -> BrokerChild.start(folder, jars, 1)).isInstanceOf(IOException.class);

    assertThat(children()).isEqualTo(before);
  }

  @Test
  void anInterruptLeavesNoBrokerBehind() {
    List<Long> before = children();

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> BrokerChild.start(folder, jars, 1))
        .isInstanceOf(InterruptedException.class);

    assertThat(children()).isEqualTo(before);
  }

  private static List<Long> children() {
    return ProcessHandle.current().descendants().map(ProcessHandle::pid).sorted().toList();
  }
}
