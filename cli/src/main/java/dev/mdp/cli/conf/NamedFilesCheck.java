package dev.mdp.cli.conf;

import dev.mdp.cli.shell.ConfiguredCalendars;
import dev.mdp.cli.shell.Host;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.config.LoadedCalendars;
import dev.mdp.config.LoadedConfig;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.MdpException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// What to tell of the files that belong to a configuration, when all of them are right. Immutable.
record NamedFilesCheck(String rules, String datasets, String calendars) {
  static final NamedFilesCheck NONE = new NamedFilesCheck("", "", "");

  /// Looks at all of them. Throws one error with everything that is wrong.
  ///
  /// @param sound whether nothing is wrong with the configuration itself
  static NamedFilesCheck of(CommandSpec spec, LoadedConfig loaded, boolean sound) {
    Host host = RootCommand.of(spec).host();
    List<MdpException> wrong = new ArrayList<>();
    NamedFilesCheck check =
        new NamedFilesCheck(
            attempt(wrong, () -> ConfiguredRules.check(spec, loaded, sound)),
            attempt(
                wrong,
                () ->
                    ConfiguredDatasets.check(
                        loaded, sound, host.directory(), host.clock().instant())),
            attempt(wrong, () -> words(ConfiguredCalendars.load(spec))));
    if (!wrong.isEmpty()) {
      throw together(wrong);
    }
    return check;
  }

  private static String attempt(List<MdpException> wrong, Supplier<String> check) {
    try {
      return check.get();
    } catch (ConfigException | DataException e) {
      wrong.add(e);
      return "";
    }
  }

  private static String words(LoadedCalendars loaded) {
    return String.join(", ", loaded.calendars().names()) + " (" + loaded.source() + ")";
  }

  private static MdpException together(List<MdpException> wrong) {
    if (wrong.size() == 1) {
      return wrong.getFirst();
    }
    String all = wrong.stream().map(MdpException::getMessage).collect(Collectors.joining("\n"));
    MdpException together =
        wrong.stream().anyMatch(ConfigException.class::isInstance)
            ? new ConfigException(all, wrong.getFirst())
            : new DataException(all, wrong.getFirst());
    together.madeOf(wrong.stream().flatMap(each -> each.problems().stream()).toList());
    return together;
  }
}
