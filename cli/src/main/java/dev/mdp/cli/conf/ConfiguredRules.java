package dev.mdp.cli.conf;

import dev.mdp.cli.rules.CompiledRules;
import dev.mdp.config.LoadedConfig;
import dev.mdp.config.RulesFile;
import dev.mdp.core.error.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/// Looks at the rules file that a configuration names.
final class ConfiguredRules {
  private static final String KEY = "inference.adapters.rules.file";

  private ConfiguredRules() {}

  /// What to tell of the rules. Throws when they are wrong, or are not there though someone chose
  /// the file. Tells added features on stderr.
  ///
  /// @param sound whether the configuration is right, so that conditions can be understood
  static String check(CommandSpec spec, LoadedConfig loaded, boolean sound) {
    if (!loaded.config().inference().rules().enabled()) {
      return "not enabled";
    }
    Path file = CompiledRules.configuredFile(spec, loaded);
    if (!Files.exists(file)) {
      if (loaded.chosen(KEY)) {
        throw new ConfigException(
            "%s: %s: no such file: %s".formatted(loaded.origin(KEY).detail(), KEY, file));
      }
      return "none: no " + file;
    }
    if (!sound) {
      return RulesFile.read(file).size() + " in " + file;
    }
    CompiledRules compiled = CompiledRules.configured(spec, loaded);
    compiled
        .rules()
        .notices()
        .forEach(notice -> spec.commandLine().getErr().println("note: " + notice));
    return compiled.rules().size() + " in " + file;
  }
}
