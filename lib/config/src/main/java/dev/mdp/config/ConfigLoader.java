package dev.mdp.config;

import dev.mdp.config.read.ConfigReader;
import dev.mdp.config.read.Setting;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.MdpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Loads a configuration: flag over environment over file over default. Throws one
/// [ConfigException] with every problem.
public final class ConfigLoader {
  /// What is read when no file is named and it is there.
  public static final String DEFAULT_FILE = "configs/streaming.yaml";

  /// Looks at what a configuration names.
  @FunctionalInterface
  public interface Further {
    /// Throws an [MdpException] with what is wrong there.
    ///
    /// @param config with the default in place of every value that is wrong
    /// @param sound whether nothing is wrong with the configuration itself
    void check(LoadedConfig config, boolean sound);
  }

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
    return load(file, sets, allowMissingEnv, (_, _) -> {});
  }

  /// Loads a configuration and what it names, so that all problems are told together.
  public LoadedConfig load(
      @Nullable String file, List<String> sets, boolean allowMissingEnv, Further further) {
    String source = file == null ? DEFAULT_FILE : file;
    Path path = directory.resolve(source);
    if (file == null && !Files.exists(path)) {
      return read("built-in defaults", "", sets, allowMissingEnv, further);
    }
    return read(source, text(source, path), sets, allowMissingEnv, further);
  }

  /// Reads a configuration from its text.
  public LoadedConfig read(String source, String text, List<String> sets, boolean allowMissingEnv) {
    return read(source, text, sets, allowMissingEnv, (_, _) -> {});
  }

  private LoadedConfig read(
      String source, String text, List<String> sets, boolean allowMissingEnv, Further further) {
    ConfigReader reader = new ConfigReader(source, text, sets, environment, allowMissingEnv);
    MdpConfig config = MdpConfig.read(reader.root());
    Optional<ConfigException> wrong = finish(reader);
    List<Setting> settings = reader.settings();
    LoadedConfig loaded = new LoadedConfig(config, source, settings, Fingerprint.of(settings));
    try {
      further.check(loaded, wrong.isEmpty());
    } catch (MdpException e) {
      if (wrong.isPresent()) {
        ConfigException both =
            new ConfigException(wrong.get().getMessage() + "\n" + e.getMessage(), e);
        both.madeOf(Stream.of(wrong.get(), e).flatMap(each -> each.problems().stream()).toList());
        throw both;
      }
      throw e;
    }
    if (wrong.isPresent()) {
      throw wrong.get();
    }
    return loaded;
  }

  private static Optional<ConfigException> finish(ConfigReader reader) {
    try {
      reader.finish();
      return Optional.empty();
    } catch (ConfigException e) {
      return Optional.of(e);
    }
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
