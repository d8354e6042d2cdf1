package dev.mdp.config;

import dev.mdp.config.read.ConfigReader;
import dev.mdp.config.read.Setting;
import dev.mdp.core.error.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Loads a configuration: flag over environment over file over default. Throws one
/// [ConfigException] with every problem.
public final class ConfigLoader {
  /// What is read when no file is named and it is there.
  public static final String DEFAULT_FILE = "configs/streaming.yaml";

  private final Map<String, String> environment;
  private final Path directory;

  /// @param directory what relative names of configuration files are relative to
  public ConfigLoader(Map<String, String> environment, Path directory) {
    this.environment = Map.copyOf(environment);
    this.directory = directory;
  }

  /// @param file null for [#DEFAULT_FILE], or the built-in defaults when that is missing
  /// @param sets `path=value`, as given to `--set`
  /// @param allowMissingEnv whether a `${VAR}` that is not set leaves its key at the default
  public LoadedConfig load(@Nullable String file, List<String> sets, boolean allowMissingEnv) {
    String source = file == null ? DEFAULT_FILE : file;
    Path path = directory.resolve(source);
    if (file == null && !Files.exists(path)) {
      return read("built-in defaults", "", sets, allowMissingEnv);
    }
    return read(source, text(source, path), sets, allowMissingEnv);
  }

  /// Reads a configuration from its text.
  public LoadedConfig read(String source, String text, List<String> sets, boolean allowMissingEnv) {
    ConfigReader reader = new ConfigReader(source, text, sets, environment, allowMissingEnv);
    MdpConfig config = MdpConfig.read(reader.root());
    reader.finish();
    List<Setting> settings = reader.settings();
    return new LoadedConfig(config, source, settings, Fingerprint.of(settings));
  }

  private static String text(String source, Path path) {
    try {
      return TextFile.read(path);
    } catch (NoSuchFileException e) {
      throw new ConfigException(
          "no such file: " + source + " (name the configuration with --config FILE)", e);
    } catch (IOException e) {
      throw new ConfigException(source + ": " + TextFile.reason(e), e);
    }
  }
}
