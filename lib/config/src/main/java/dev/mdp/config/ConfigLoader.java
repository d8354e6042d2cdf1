package dev.mdp.config;

import dev.mdp.config.read.ConfigReader;
import dev.mdp.config.read.Setting;
import dev.mdp.config.read.Variables;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.MdpException;
import java.io.IOException;
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
  private static final ConfigPlaces.Found NONE =
      new ConfigPlaces.Found("built-in defaults", Path.of(""), false);

  /// Looks at what a configuration names.
  @FunctionalInterface
  public interface Further {
    /// Throws an [MdpException] with what is wrong there.
    ///
    /// @param config with the default in place of every value that is wrong
    /// @param sound whether nothing is wrong with the configuration itself
    void check(LoadedConfig config, boolean sound);
  }

  private final Variables variables;
  private final Path directory;
  private final Path etc;

  /// @param directory what relative names of configuration files are relative to
  public ConfigLoader(Map<String, String> environment, Path directory) {
    this(Variables.of(environment), directory, Path.of("/etc"));
  }

  ConfigLoader(Variables variables, Path directory, Path etc) {
    this.variables = variables;
    this.directory = directory;
    this.etc = etc;
  }

  /// The same with variables of a file, which count where the environment has none of their name.
  ///
  /// @param source the file, for the origin of what they give
  public ConfigLoader over(Map<String, String> more, String source) {
    return new ConfigLoader(variables.over(more, source), directory, etc);
  }

  /// @param file null for the first that [ConfigPlaces] finds, or the built-in defaults when there
  ///   is none
  /// @param sets `path=value`, as given to `--set`
  /// @param allowMissingEnv whether a `${VAR}` that is not set leaves its key at the default
  public LoadedConfig load(@Nullable String file, List<String> sets, boolean allowMissingEnv) {
    return load(file, sets, allowMissingEnv, (_, _) -> {});
  }

  /// Loads a configuration and what it names, so that all problems are reported together.
  public LoadedConfig load(
      @Nullable String file, List<String> sets, boolean allowMissingEnv, Further further) {
    Optional<ConfigPlaces.Found> found =
        new ConfigPlaces(variables.environment(), directory, etc).find(file);
    return read(
        found.orElse(NONE),
        found.map(place -> text(place.source(), place.path())).orElse(""),
        sets,
        allowMissingEnv,
        further);
  }

  /// Reads a configuration from its text.
  public LoadedConfig read(String source, String text, List<String> sets, boolean allowMissingEnv) {
    ConfigPlaces.Found given = new ConfigPlaces.Found(source, NONE.path(), false);
    return read(given, text, sets, allowMissingEnv, (_, _) -> {});
  }

  private LoadedConfig read(
      ConfigPlaces.Found from,
      String text,
      List<String> sets,
      boolean allowMissingEnv,
      Further further) {
    ConfigReader reader = new ConfigReader(from.source(), text, sets, variables, allowMissingEnv);
    MdpConfig read = MdpConfig.read(reader.root());
    Optional<ConfigException> wrong = finish(reader);
    List<Setting> settings = reader.settings();
    String fingerprint = Fingerprint.of(settings);
    LoadedConfig asRead =
        new LoadedConfig(read, from.source(), from.searched(), settings, fingerprint);
    Optional<Path> file = Optional.of(from.path()).filter(path -> !path.equals(NONE.path()));
    MdpConfig config = read.naming(asRead, new NamedFiles(directory, file));
    LoadedConfig loaded =
        new LoadedConfig(config, from.source(), from.searched(), settings, fingerprint);
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
      throw ConfigPlaces.missing(source, e);
    } catch (IOException e) {
      throw new ConfigException(source + ": " + TextFile.reason(e), e);
    }
  }
}
