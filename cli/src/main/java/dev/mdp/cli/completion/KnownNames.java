package dev.mdp.cli.completion;

import dev.mdp.core.error.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The names that shells offer at TAB: symbols, runs and so on, as commands and workers met them.
/// They are in a small file of the user, `mdp/completion` in `$XDG_CACHE_HOME` or `~/.cache`, a
/// line each: kind, tab, name. The file is a convenience: whatever goes wrong with it is ignored.
/// Thread-safe.
public final class KnownNames {
  private static final int LONGEST = 128;
  private static final int MOST_BYTES = 64 * 1024;
  private static final Duration ABANDONED = Duration.ofSeconds(10);

  private final List<Path> folders;
  private final Clock clock;

  private KnownNames(List<Path> folders, Clock clock) {
    this.folders = folders;
    this.clock = clock;
  }

  /// Remembers nothing when the environment names no home.
  public static KnownNames of(Map<String, String> environment, Clock clock) {
    Path cache = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
    Path home = Path.of(environment.getOrDefault("HOME", ""));
    if (cache.isAbsolute()) {
      return new KnownNames(List.of(cache, cache.resolve("mdp")), clock);
    }
    return home.isAbsolute() && Files.isDirectory(home)
        ? new KnownNames(List.of(home.resolve(".cache"), home.resolve(".cache/mdp")), clock)
        : new KnownNames(List.of(), clock);
  }

  /// Remembers names, the most important first; what is known already costs a look at the file.
  public void remember(KnownKind kind, Collection<String> names) {
    remember(Map.of(kind, names));
  }

  public synchronized void remember(Map<KnownKind, ? extends Collection<String>> met) {
    if (folders.isEmpty()) {
      return;
    }
    try {
      Path file = folders.getLast().resolve("completion");
      Map<KnownKind, Set<String>> known = read(file);
      if (add(known, met)) {
        write(file, text(known));
      }
    } catch (IOException | RuntimeException _) {
      // a full disk, a folder of another process: completion offers less
    }
  }

  /// Returns whether anything is new.
  private static boolean add(
      Map<KnownKind, Set<String>> known, Map<KnownKind, ? extends Collection<String>> met) {
    boolean fresh = false;
    for (Map.Entry<KnownKind, ? extends Collection<String>> each : met.entrySet()) {
      List<String> names =
          each.getValue().stream()
              .filter(KnownNames::isNameable)
              .distinct()
              .limit(each.getKey().most())
              .toList();
      Set<String> old = known.getOrDefault(each.getKey(), Set.of());
      if (!old.containsAll(names)) {
        Set<String> all = new LinkedHashSet<>(names);
        all.addAll(old);
        known.put(each.getKey(), all);
        fresh = true;
      }
    }
    return fresh;
  }

  /// One line of text that a terminal shows as it is.
  private static boolean isNameable(String name) {
    return !name.isBlank() && name.length() <= LONGEST && Printable.isHarmless(name);
  }

  private static Map<KnownKind, Set<String>> read(Path file) throws IOException {
    Map<KnownKind, Set<String>> known = new EnumMap<>(KnownKind.class);
    if (!Files.isRegularFile(file) || Files.size(file) > 2L * MOST_BYTES) {
      return known;
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    for (String line : text.split("\n", -1)) {
      int tab = line.indexOf('\t');
      for (KnownKind kind : KnownKind.values()) {
        if (tab > 0 && line.startsWith(kind.word()) && tab == kind.word().length()) {
          known.computeIfAbsent(kind, _ -> new LinkedHashSet<>()).add(line.substring(tab + 1));
        }
      }
    }
    return known;
  }

  private static byte[] text(Map<KnownKind, Set<String>> known) {
    StringBuilder text = new StringBuilder();
    int bytes = 0;
    for (Map.Entry<KnownKind, Set<String>> each : new EnumMap<>(known).entrySet()) {
      for (String name :
          new ArrayList<>(each.getValue()).stream().limit(each.getKey().most()).toList()) {
        String line = each.getKey().word() + "\t" + name + "\n";
        bytes += line.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
          break;
        }
        text.append(line);
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// In one step, so that a shell never reads half of it. Of several writers one wins; the others
  /// will meet their names again.
  private void write(Path file, byte[] text) throws IOException {
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    }
    Path next = file.resolveSibling("completion.new");
    if (!begin(next)) {
      return;
    }
    try {
      Files.write(next, text, StandardOpenOption.WRITE);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(next);
      throw e;
    }
  }

  /// Makes the file that is to take the old one's place, unless another process is at it.
  private boolean begin(Path next) throws IOException {
    try {
      create(next);
      return true;
    } catch (FileAlreadyExistsException _) {
      boolean abandoned =
          Files.getLastModifiedTime(next, LinkOption.NOFOLLOW_LINKS)
              .toInstant()
              .isBefore(clock.instant().minus(ABANDONED));
      if (abandoned) {
        Files.delete(next);
        create(next);
      }
      return abandoned;
    }
  }

  private static void create(Path file) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }
}
