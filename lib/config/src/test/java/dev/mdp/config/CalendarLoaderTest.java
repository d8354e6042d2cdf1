package dev.mdp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.calendar.Calendars;
import dev.mdp.core.error.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalendarLoaderTest {
  private static final String MINE =
      "calendars: { MINE: { zone: UTC, open: 09:00, close: 10:00 } }\n";

  @TempDir Path root;

  @Test
  void withoutAFileThereAreThoseThatAreBuiltIn() throws IOException {
    write("here/configs/streaming.yaml", "version: 1\n");

    assertThat(load(null).calendars().names()).isEqualTo(Calendars.BUILT_IN);
    assertThat(load(null).source()).isEqualTo("built in");
  }

  @Test
  void itIsBesideTheConfigurationWhereverThatIs() throws IOException {
    write("here/configs/calendar.yaml", MINE);
    assertThat(load(null).source()).isEqualTo("configs/calendar.yaml");
    assertThat(load(null).calendars().names()).containsExactly("CRYPTO", "MINE", "XNYS");

    write("here/other/c.yaml", "");
    assertThat(load("other/c.yaml").source()).isEqualTo("built in");
    write("here/other/calendar.yaml", MINE.replace("MINE", "OTHER"));
    assertThat(load("other/c.yaml").source()).isEqualTo("other/calendar.yaml");
    assertThat(load("other/c.yaml").calendars().names()).contains("OTHER").doesNotContain("MINE");

    write("here/c.yaml", "");
    write("here/calendar.yaml", MINE);
    assertThat(load("c.yaml").source()).isEqualTo("calendar.yaml");
  }

  @Test
  void theMachinesConfigurationHasTheMachinesCalendars() throws IOException {
    write("etc/mdp/streaming.yaml", "");
    String calendars = write("etc/mdp/calendar.yaml", MINE);

    assertThat(load(null).source()).isEqualTo(calendars);
    assertThat(load(null).calendars().names()).contains("MINE");
  }

  @Test
  void aConfigurationThatIsNamedMustBeThere() throws IOException {
    write("here/configs/calendar.yaml", MINE);

    assertThatThrownBy(() -> load("nope.yaml"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("no such file: nope.yaml (name the configuration with --config FILE)");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    Path file = Path.of(write("here/configs/calendar.yaml", ""));
    Files.write(file, "calendars: # \u00fc\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> load(null))
        .isInstanceOf(ConfigException.class)
        .hasMessage("configs/calendar.yaml: not UTF-8 text");
  }

  @Test
  void whatIsWrongIsToldByTheFilesNameAsPeopleKnowIt() throws IOException {
    write("here/configs/calendar.yaml", "calendars: { X: 1 }\n");

    assertThatThrownBy(() -> load(null))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("configs/calendar.yaml:1:17: calendars.X: want a mapping");
  }

  private LoadedCalendars load(@Nullable String config) {
    return new CalendarLoader(Map.of(), root.resolve("here"), root.resolve("etc")).load(config);
  }

  private String write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return file.toString();
  }
}
