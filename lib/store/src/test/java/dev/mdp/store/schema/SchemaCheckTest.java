package dev.mdp.store.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.store.database.SchemaCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SchemaCheckTest {
  @Test
  void theProgramsVersionIsTheNewestMigration() throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("sql/migration"))) {
      folder = folder.getParent();
    }
    try (Stream<Path> files = Files.list(folder.resolve("sql/migration"))) {
      int newest =
          files
              .map(file -> file.getFileName().toString())
              .mapToInt(name -> Integer.parseInt(name, 1, name.indexOf("__"), 10))
              .max()
              .orElseThrow();
      assertThat(SchemaCheck.PROGRAM_VERSION).isEqualTo(newest);
    }
  }
}
