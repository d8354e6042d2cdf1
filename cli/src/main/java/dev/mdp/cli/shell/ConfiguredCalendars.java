package dev.mdp.cli.shell;

import dev.mdp.cli.completion.KnownKind;
import dev.mdp.config.CalendarLoader;
import dev.mdp.config.LoadedCalendars;
import picocli.CommandLine.Model.CommandSpec;

/// The trading calendars of the command that runs: those built in, and those of the file beside its
/// configuration.
public final class ConfiguredCalendars {
  private ConfiguredCalendars() {}

  /// Throws [dev.mdp.core.error.ConfigException] with every problem of the file.
  public static LoadedCalendars load(CommandSpec spec) {
    RootCommand root = RootCommand.of(spec);
    Host host = root.host();
    LoadedCalendars loaded =
        new CalendarLoader(host.environment(), host.directory()).load(root.config);
    root.names().remember(KnownKind.CALENDAR, loaded.calendars().names());
    return loaded;
  }
}
