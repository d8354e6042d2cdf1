package dev.mdp.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdTest {
  /// A receiver of one datagram: perl is part of every Debian; Java has no datagram sockets of this
  /// family.
  private static final String RECEIVER =
      "use Socket; socket(S, PF_UNIX, SOCK_DGRAM, 0) or die; bind(S, sockaddr_un($ARGV[0])) or die;"
          + " $| = 1; print qq(bound\\n); recv(S, $m, 4096, 0); print qq($m\\n);";

  @TempDir Path folder;

  @Test
  void theStateReachesTheSocket() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Path.of("/usr/bin/perl").toFile().canExecute(), "perl is not there");
    Path socket = folder.resolve("notify");
    Process receiver =
        new ProcessBuilder("/usr/bin/perl", "-e", RECEIVER, socket.toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(receiver.getInputStream(), StandardCharsets.UTF_8));
    assertThat(lines.readLine()).isEqualTo("bound");

    new Systemd(Map.of("NOTIFY_SOCKET", socket.toString())).tell("READY=1");

    assertThat(lines.readLine()).isEqualTo("READY=1");
    assertThat(receiver.waitFor(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void nothingHappensWithoutASocketOrWithADeadOne() {
    assertThat(new Systemd(Map.of()).isListening()).isFalse();
    assertThatCode(() ->
            new Systemd(Map.of("NOTIFY_SOCKET", folder.resolve("nobody").toString()))
                .tell("READY=1"))
        .doesNotThrowAnyException();
  }
}
