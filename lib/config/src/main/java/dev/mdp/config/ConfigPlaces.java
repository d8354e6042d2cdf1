package dev.mdp.config;

import dev.mdp.core.error.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a configuration is looked for, in this order: the file that is named with `--config`, or
/// in `MDP_CONFIG`; `configs/streaming.yaml` in the working directory; `mdp/streaming.yaml` in the
/// user's configuration (`$XDG_CONFIG_HOME`, else `~/.config`) and in `/etc`;
/// `configs/streaming.yaml` beside the launcher, which tells its folder in `MDP_HOME`.
final class ConfigPlaces {
  /// What is read when no file is named and it is there.
  static final String DEFAULT_FILE = "configs/streaming.yaml";

  private static final String ELSEWHERE = "mdp/streaming.yaml";

  private final Map<String, String> environment;
  private final Path directory;
  private final Path etc;

  /// @param etc the machine's own configuration, `/etc`
  ConfigPlaces(Map<String, String> environment, Path directory, Path etc) {
    this.environment = Map.copyOf(environment);
    this.directory = directory;
    this.etc = etc;
  }

  /// @param source as people know it
  /// @param searched whether it is neither named on the command line nor in its place in the
  ///   working directory, so that no one expects it unless told
  record Found(String source, Path path, boolean searched) {}

  /// Empty when none is named and there is none. One that is named need not exist.
  Optional<Found> find(@Nullable String named) {
    if (named != null) {
      return Optional.of(new Found(named, directory.resolve(named), false));
    }
    String variable = environment.getOrDefault("MDP_CONFIG", "");
    if (!variable.isEmpty()) {
      return Optional.of(new Found(variable, directory.resolve(variable), true));
    }
    Path here = directory.resolve(DEFAULT_FILE);
    if (Files.exists(here)) {
      return Optional.of(new Found(DEFAULT_FILE, here, false));
    }
    return elsewhere().stream()
        .filter(Files::exists)
        .findFirst()
        .map(path -> new Found(path.toString(), path, true));
  }

  /// The error for a configuration that is named and is not there.
  static ConfigException missing(String source, @Nullable IOException cause) {
    return new ConfigException(
        "no such file: " + source + " (name the configuration with --config FILE)", cause);
  }

  private List<Path> elsewhere() {
    List<Path> places = new ArrayList<>();
    // Relative ones are to be ignored, by the XDG specification.
    absolute("XDG_CONFIG_HOME")
        .or(() -> absolute("HOME").map(home -> home.resolve(".config")))
        .ifPresent(home -> places.add(home.resolve(ELSEWHERE)));
    places.add(etc.resolve(ELSEWHERE));
    absolute("MDP_HOME").ifPresent(home -> places.add(home.resolve(DEFAULT_FILE)));
    return places;
  }

  private Optional<Path> absolute(String variable) {
    String value = environment.getOrDefault(variable, "");
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(Path.of(value)).filter(Path::isAbsolute);
  }
}
