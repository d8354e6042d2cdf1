package dev.mdp.providers.dataset;

import dev.mdp.core.error.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// The files that a dataset's `path` names: a file, or a pattern (`data/2025-*.csv`, with `*`, `?`,
/// `[a-z]` and `{a,b}` within a name) that stands for the files it matches, sorted by their names
/// character by character, as `LC_ALL=C ls` does: `10.csv` before `9.csv`. A path that is there is
/// taken as it is. Names that begin with a dot are matched only by a pattern that does, too.
public final class FilePatterns {
  private FilePatterns() {}

  /// The files in the order of the patterns. Throws [DataException] for a pattern that matches
  /// nothing, or matches a directory.
  public static List<Path> files(Path directory, List<String> patterns) {
    List<Path> files = new ArrayList<>();
    for (String pattern : patterns) {
      files.addAll(files(directory, pattern));
    }
    return files;
  }

  /// As [#files(Path, List)], and throws [DataException] for a file that cannot be opened.
  public static List<Path> readableFiles(Path directory, String pattern) {
    List<Path> files = files(directory, pattern);
    files.forEach(InputFile::requireReadable);
    return files;
  }

  /// Files that are named more than once, under whatever name.
  public static List<Path> repeated(List<Path> paths) {
    Set<Object> seen = new HashSet<>();
    return paths.stream().filter(path -> !seen.add(identity(path))).toList();
  }

  private static List<Path> files(Path directory, String pattern) {
    Path literal = directory.resolve(pattern);
    if (!isPattern(pattern) || Files.exists(literal)) {
      return List.of(literal);
    }
    List<Path> matched = List.of(root(directory, pattern));
    for (Path segment : Path.of(pattern)) {
      matched = step(matched, segment.toString(), pattern);
    }
    if (matched.isEmpty()) {
      throw new DataException(literal + ": no file matches the pattern");
    }
    for (Path path : matched) {
      if (Files.isDirectory(path)) {
        throw new DataException(
            "%s: matches the directory %s; name the files in it, such as %s"
                .formatted(literal, path, path.resolve("*.csv")));
      }
    }
    return matched.stream().sorted((left, right) -> compare(left, right)).toList();
  }

  private static Path root(Path directory, String pattern) {
    Path root = Path.of(pattern).getRoot();
    return root == null ? directory : root;
  }

  private static List<Path> step(List<Path> folders, String segment, String pattern) {
    if (segment.equals("**")) {
      throw new DataException(pattern + ": ** is not understood; name each level, such as */*.csv");
    }
    List<Path> found = new ArrayList<>();
    for (Path folder : folders) {
      if (!isPattern(segment)) {
        Path next = folder.resolve(segment);
        if (Files.exists(next)) {
          found.add(next);
        }
      } else if (Files.isDirectory(folder)) {
        found.addAll(matching(folder, segment, pattern));
      }
    }
    return found;
  }

  private static List<Path> matching(Path folder, String segment, String pattern) {
    PathMatcher matcher = matcher(segment, pattern);
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(Path::getFileName)
          .filter(name -> segment.startsWith(".") || !name.toString().startsWith("."))
          .filter(matcher::matches)
          .map(folder::resolve)
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new DataException(folder + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  private static PathMatcher matcher(String segment, String pattern) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + segment);
    } catch (PatternSyntaxException e) {
      throw new DataException(
          pattern + ": no such file, and not a pattern: " + e.getDescription(), e);
    }
  }

  private static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  /// By whole names, so that the order does not depend on what follows a folder's name.
  private static int compare(Path left, Path right) {
    int names = Math.min(left.getNameCount(), right.getNameCount());
    for (int i = 0; i < names; i++) {
      int byName = left.getName(i).toString().compareTo(right.getName(i).toString());
      if (byName != 0) {
        return byName;
      }
    }
    return Integer.compare(left.getNameCount(), right.getNameCount());
  }

  /// The file itself where it is there, so that links to it are the same.
  private static Object identity(Path path) {
    try {
      Object key =
          Files.readAttributes(path, java.nio.file.attribute.BasicFileAttributes.class).fileKey();
      return key != null ? key : path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }
}
