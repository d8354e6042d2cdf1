package dev.mdp.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The units of `dist/systemd`.
class UnitFilesTest {
  private static final double MOST_EXPOSED = 3.0;
  private static final Pattern EXPOSURE =
      Pattern.compile("Overall exposure level for \\S+: ([0-9.]+)");
  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

  @TempDir private Path folder;

  @Test
  void everyUnitIsBoundedAndRestartsWhereThatCanHelp() throws IOException {
    for (Path unit : units()) {
      List<String> lines = Files.readAllLines(unit);

      assertThat(lines)
          .as(unit.toString())
          .contains("MemoryMax=2G", "CapabilityBoundingSet=", "PrivateDevices=true", "User=mdp")
          .contains("SystemCallFilter=@system-service", "RestrictNamespaces=true")
          .contains("RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX")
          .contains("Restart=on-failure", "RestartPreventExitStatus=2 65 78")
          .contains("StartLimitIntervalSec=0", "TimeoutStopSec=40")
          // the compilers of the JVM write what they execute
          .doesNotContain("MemoryDenyWriteExecute=true");
    }
  }

  @Test
  void systemdFindsThemWellFormedAndLittleExposed() throws Exception {
    assumeTrue(Files.isExecutable(ANALYZE), "needs systemd-analyze");
    for (Path unit : units()) {
      Path copy = folder.resolve(unit.getFileName());
      Files.writeString(copy, Files.readString(unit).replace("/opt/mdp/mdp", "/bin/true"));

      assertThat(output(0, "verify", "--man=no", copy.toString())).isEmpty();
      String security = output(0, "security", "--offline=yes", "--no-pager", copy.toString());

      Matcher exposure = EXPOSURE.matcher(security);
      assertThat(exposure.find()).as(security).isTrue();
      assertThat(Double.parseDouble(exposure.group(1)))
          .as(security)
          .isLessThanOrEqualTo(MOST_EXPOSED);
    }
  }

  private static String output(int code, String... args) throws Exception {
    List<String> command = Stream.concat(Stream.of(ANALYZE.toString()), Stream.of(args)).toList();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s: %s", command, said).isEqualTo(code);
    return said;
  }

  private static List<Path> units() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve("dist/systemd"))) {
      root = java.util.Objects.requireNonNull(root.getParent(), "no dist/systemd above");
    }
    try (Stream<Path> files = Files.list(root.resolve("dist/systemd"))) {
      List<Path> units = files.filter(file -> file.toString().endsWith(".service")).toList();
      assertThat(units).hasSizeGreaterThanOrEqualTo(4);
      return units;
    }
  }
}
