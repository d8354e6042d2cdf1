package dev.mdp.config;

import dev.mdp.config.read.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/// What a relative file name in a configuration is relative to.
///
/// In a file: to that file's folder; of a file in a folder `configs`, to the folder above. Where
/// nothing is there, to the working directory. In a flag or variable: to the working directory.
final class NamedFiles {
  private final Path directory;
  private final Optional<Path> base;

  /// @param directory the working directory
  /// @param file the configuration; empty when there is none
  NamedFiles(Path directory, Optional<Path> file) {
    this.directory = directory;
    this.base = file.map(NamedFiles::base);
  }

  private static Path base(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.resolveSibling("");
    return folder.endsWith("configs") ? folder.resolve("..").normalize() : folder;
  }

  /// The file that is meant, relative to the working directory or absolute.
  Path resolve(Path named, Origin origin) {
    boolean fromTheFile =
        switch (origin.kind()) {
          case FILE, FILE_DEFAULT, DEFAULT -> true;
          case FLAG, ENVIRONMENT, MISSING -> false;
        };
    if (named.isAbsolute() || !fromTheFile || base.isEmpty()) {
      return named;
    }
    SequencedSet<Path> candidates = new LinkedHashSet<>();
    candidates.add(base.get().resolve(named).normalize());
    if (origin.kind() == Origin.Kind.DEFAULT) {
      // not in its own folder, where the configuration is not either
      candidates.add(base.get().resolve(named.getFileName()).normalize());
    }
    Path here = directory.resolve(named).toAbsolutePath().normalize();
    candidates.add(here);
    Path found =
        candidates.stream().filter(Files::exists).findFirst().orElse(candidates.getFirst());
    return found.equals(here) ? named : found;
  }
}
