package dev.mdp.runtime.local;

import dev.mdp.embedded.Folders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The file `env` in the data folder of a running `mdp up`: the addresses of its servers, passwords
/// included, as shell variables. Every command reads it, so that it finds those servers.
///
/// Only the user can read it. `up` keeps a lock on it while it runs, which the system releases
/// however it ends: so a file that was left behind is known. (A program that opens and closes the
/// file in the process of `up` itself would release the lock, too; none does.)
public final class UpServers implements AutoCloseable {
  public static final String BUS_TYPE = "MDP_BUS_TYPE";
  public static final String REDIS = "REDIS_URI";
  public static final String KAFKA = "KAFKA_BOOTSTRAP";
  public static final String DATABASE = "DATABASE_URL";

  private static final String NAME = "env";
  private static final List<String> READ = List.of(BUS_TYPE, REDIS, KAFKA, DATABASE);
  private static final Pattern LINE = Pattern.compile("export ([A-Z_]+)='([^']*)'");

  private final Path file;
  private final FileChannel locked;
  private final Thread cleaner;

  private UpServers(Path file, FileChannel locked) {
    this.file = file;
    this.locked = locked;
    this.cleaner = Thread.ofPlatform().unstarted(this::remove);
    Runtime.getRuntime().addShutdownHook(cleaner);
  }

  /// What a file says.
  ///
  /// @param variables those of the four that it has; empty when it is not to be used
  /// @param source the file, as people know it
  /// @param note why it is not used; null when there is nothing to tell
  public record Found(Map<String, String> variables, String source, @Nullable String note) {
    public static final Found NONE = new Found(Map.of(), "", null);

    public Found {
      variables = Map.copyOf(variables);
    }

    public Found without(String variable) {
      Map<String, String> rest = new LinkedHashMap<>(variables);
      rest.remove(variable);
      return new Found(rest, source, note);
    }

    @Override
    public String toString() {
      return "variables of " + source;
    }
  }

  /// Writes the file; it is there until this is closed.
  ///
  /// @param variables in order
  public static UpServers write(Path folder, Map<String, String> variables) throws IOException {
    StringBuilder text =
        new StringBuilder(
            "# The servers of mdp up, process %d. Removed when it ends. Every mdp command reads it.%n"
                .formatted(ProcessHandle.current().pid()));
    variables.forEach((name, value) -> text.append("export %s='%s'%n".formatted(name, value)));
    Path file = folder.resolve(NAME);
    Path fresh = folder.resolve("." + NAME + ".new");
    Folders.writePrivate(fresh, text.toString());
    FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE);
    try {
      channel.lock();
      Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      return new UpServers(file, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /// Reads the file of this folder. It is used only when an `up` of this user runs, and no one else
  /// could have written it.
  ///
  /// @param shown the folder as people know it
  public static Found read(Path folder, String shown) {
    Path file = folder.resolve(NAME);
    String source = shown + "/" + NAME;
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Found.NONE;
    }
    try {
      String distrust = StrictModes.violation(folder, file);
      if (distrust != null) {
        return new Found(Map.of(), source, source + " " + distrust + ": it is not used");
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        return isLocked(channel)
            ? new Found(parse(channel), source, null)
            : new Found(
                Map.of(),
                source,
                source + " was left behind by an mdp up that was killed: it is not used");
      }
    } catch (IOException e) {
      return new Found(
          Map.of(), source, source + " cannot be read and is not used: " + e.getMessage());
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try (FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true; // this very process has it
    }
  }

  private static Map<String, String> parse(FileChannel channel) throws IOException {
    Map<String, String> variables = new LinkedHashMap<>();
    channel.position(0);
    ByteBuffer bytes = ByteBuffer.wrap(Channels.newInputStream(channel).readAllBytes());
    for (String line : StandardCharsets.UTF_8.decode(bytes).toString().split("\n")) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches() && READ.contains(matcher.group(1))) {
        variables.put(matcher.group(1), matcher.group(2));
      }
    }
    return variables;
  }

  @Override
  public void close() {
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IllegalStateException _) {
      // the process is ending and the hook is running
    }
  }

  private synchronized void remove() {
    if (!locked.isOpen()) {
      return;
    }
    try (locked) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // the next start replaces it, and no one uses it meanwhile
    }
  }
}
