package dev.mdp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/// What the shipped jar carries.
final class FatJarIT {
  private static final Path JAR = Path.of(System.getProperty("mdp.it.jar"));
  private static final long MOST_BYTES = 78_000_000;

  private static final Pattern NATIVE =
      Pattern.compile(".*\\.(so|dll|dylib|jnilib|a|exe)|.*/lib[^/]*\\.so[^/]*|redis-server-.*");

  private static final Pattern OURS =
      Pattern.compile("(?i).*(linux[-/](x64|x86_64|amd64|aarch64|arm64)\\b).*");

  @Test
  void nativesAreForLinuxOnTheTwoArchitecturesOnly() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      List<String> natives =
          jar.stream().map(ZipEntry::getName).filter(NATIVE.asMatchPredicate()).toList();

      assertThat(natives).hasSizeGreaterThan(8).allMatch(OURS.asMatchPredicate());
    }
  }

  @Test
  void itIsNotLargerThanItWas() {
    assertThat(JAR.toFile().length()).isLessThan(MOST_BYTES);
  }
}
