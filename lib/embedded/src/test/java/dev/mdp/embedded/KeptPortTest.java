package dev.mdp.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptPortTest {
  @TempDir Path folder;

  @Test
  void isTheSameWhileItIsFree() throws Exception {
    Path file = folder.resolve("redis.port");
    int port = KeptPort.choose(file);

    KeptPort.keep(file, port);

    assertThat(KeptPort.choose(file)).isEqualTo(port);
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(KeptPort.choose(file)).isNotEqualTo(port).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "99999", "0"})
  void aFileOfSomethingElseIsNoPort(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("redis.port"), text);

    assertThat(KeptPort.choose(file)).isBetween(1, 65_535);
  }
}
