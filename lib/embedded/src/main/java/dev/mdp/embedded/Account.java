package dev.mdp.embedded;

import dev.mdp.core.error.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Which account a server runs as: this process's own, unless that is root's.
///
/// @param prefix what is before every command
/// @param uid whom the data must belong to, or -1 when it need not change hands
public record Account(List<String> prefix, int uid) {
  private static final int NOBODY = 65_534;
  private static final int NO_CHANGE = -1;
  private static final List<String> NAMESPACE = List.of("unshare", "--user");
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

  public Account {
    prefix = List.copyOf(prefix);
  }

  /// For PostgreSQL, which refuses to run as root: root hands it to a separate user namespace
  /// (files stay root's), or, where the kernel forbids that, to `nobody`.
  public static Account notNamedRoot() {
    if (!isRoot()) {
      return new Account(List.of(), NO_CHANGE);
    }
    if (works(NAMESPACE)) {
      return new Account(NAMESPACE, NO_CHANGE);
    }
    if (works(AS_NOBODY)) {
      return new Account(AS_NOBODY, NOBODY);
    }
    throw new ConfigException(
        "PostgreSQL does not run as root, and neither 'unshare --user' nor 'setpriv' works here:"
            + " start mdp as an ordinary user, or set DATABASE_URL to a server of your own");
  }

  /// For a server that can work in its own folder alone: root hands it to `nobody`, so that
  /// whatever clients make it write is not written as root. Where root may not change its id (it is
  /// none outside its container then) a user namespace takes at least its capabilities away.
  ///
  /// @param instead what to do when neither works, for the error
  public static Account unprivileged(String server, String instead) {
    if (!isRoot()) {
      return new Account(List.of(), NO_CHANGE);
    }
    if (works(AS_NOBODY)) {
      return new Account(
          Stream.concat(AS_NOBODY.stream(), Stream.of("--no-new-privs")).toList(), NOBODY);
    }
    if (works(NAMESPACE)) {
      return new Account(NAMESPACE, NO_CHANGE);
    }
    throw new ConfigException(
        server
            + " is not run as root, and neither 'setpriv' nor 'unshare --user' works here:"
            + " start mdp as an ordinary user, or "
            + instead);
  }

  /// Whether the server reads files as another process than this process.
  public boolean isForeign() {
    return uid != NO_CHANGE;
  }

  public List<String> command(List<String> command) {
    return Stream.concat(prefix.stream(), command.stream()).toList();
  }

  /// Makes a folder that is the server's alone, or takes the one of an earlier start.
  public void makePrivate(Path folder) throws IOException {
    if (isForeign() && Files.exists(folder) && Folders.ownerId(folder) == uid) {
      return;
    }
    Folders.makePrivate(folder, true);
  }

  /// Where an account that cannot enter root's home finds the programs; root's own folder.
  public Path cache() throws IOException {
    Path folder = Path.of("/var/tmp/mdp-embedded-root");
    Files.createDirectories(folder);
    if (Folders.ownerId(folder) != 0) {
      throw new ConfigException(folder + " belongs to a user other than root: remove it");
    }
    return folder;
  }

  /// Hands the folder or file and all below it to the account. Links are not followed: the account
  /// itself may have made them.
  public void own(Path folder) throws IOException {
    if (!isForeign()) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.toList()) {
        Files.setAttribute(path, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  /// Lets the account walk through a private folder of this process on its way to its own; it can
  /// neither list it nor read what is in it.
  public void letThrough(Path folder) throws IOException {
    if (isForeign()
        && Folders.ownerId(folder) == Folders.ownId()
        && Files.getPosixFilePermissions(folder).equals(Folders.PRIVATE)) {
      Files.setAttribute(folder, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
      Files.setPosixFilePermissions(folder, Folders.TRAVERSABLE_BY_GROUP);
    }
  }

  private static boolean isRoot() {
    return Folders.ownId() == 0;
  }

  private static boolean works(List<String> prefix) {
    try {
      return Command.run(Stream.concat(prefix.stream(), Stream.of("true")).toList(), "").isOk();
    } catch (IOException e) {
      return false;
    }
  }
}
