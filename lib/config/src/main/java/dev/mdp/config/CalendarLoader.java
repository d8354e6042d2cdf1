package dev.mdp.config;

import dev.mdp.core.calendar.Calendars;
import dev.mdp.core.error.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds and reads the calendar file: `calendar.yaml` in the folder of the configuration, which
/// itself is not read. Without any configuration it is `configs/calendar.yaml`. Stateless.
public final class CalendarLoader {
  private static final String NAME = "calendar.yaml";

  private final Path directory;
  private final ConfigPlaces places;

  /// @param directory what relative names of configuration files are relative to
  public CalendarLoader(Map<String, String> environment, Path directory) {
    this(environment, directory, Path.of("/etc"));
  }

  CalendarLoader(Map<String, String> environment, Path directory, Path etc) {
    this.directory = directory;
    this.places = new ConfigPlaces(environment, directory, etc);
  }

  /// The calendars of that file, or those built in when there is none. Throws [ConfigException]
  /// with every problem of the file, and for a configuration that is named and is not there.
  ///
  /// @param config the configuration that is named on the command line, or null
  public LoadedCalendars load(@Nullable String config) {
    Optional<ConfigPlaces.Found> found = places.find(config);
    if (found.isPresent() && !Files.exists(found.get().path())) {
      throw ConfigPlaces.missing(found.get().source(), null);
    }
    String beside = found.map(ConfigPlaces.Found::source).orElse(ConfigPlaces.DEFAULT_FILE);
    String source = Path.of(beside).resolveSibling(NAME).toString();
    Path file = directory.resolve(source);
    if (!Files.exists(file)) {
      return new LoadedCalendars(Calendars.builtIn(), LoadedCalendars.BUILT_IN);
    }
    try {
      return new LoadedCalendars(CalendarFile.read(source, TextFile.read(file)), source);
    } catch (IOException e) {
      throw new ConfigException(source + ": " + TextFile.reason(e), e);
    }
  }
}
