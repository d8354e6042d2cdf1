package dev.mdp.config;

import dev.mdp.config.read.Origin;
import dev.mdp.config.read.Setting;
import java.util.List;

/// A configuration and where each of its values comes from.
///
/// @param source the file's name as given or found, or `built-in defaults`
/// @param searched whether it was found where no one named it in this command or this directory
/// @param settings every effective value, redacted, in the order of the file's documentation
/// @param fingerprint 16 hex digits; equal for equal effective values
public record LoadedConfig(
    MdpConfig config, String source, boolean searched, List<Setting> settings, String fingerprint) {
  public LoadedConfig {
    settings = List.copyOf(settings);
  }

  /// Whether someone chose the value at this path: with a flag, the environment or the file, and
  /// not as the default of a variable that is not set.
  public boolean chosen(String path) {
    return settings.stream().anyMatch(s -> s.path().equals(path) && s.origin().chosen());
  }

  public Origin origin(String path) {
    return settings.stream()
        .filter(setting -> setting.path().equals(path))
        .map(Setting::origin)
        .findFirst()
        .orElse(Origin.DEFAULT);
  }
}
