package dev.mdp.embedded.postgres;

import dev.mdp.core.error.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Which account the server runs as: PostgreSQL refuses to run as root, so root hands it to a user
/// namespace of its own (files stay root's), or, where the kernel forbids that, to `nobody`.
///
/// @param prefix what stands before every command
/// @param uid whom the data must belong to, or -1 when it need not change hands
record Account(List<String> prefix, int uid) {
  private static final int NOBODY = 65_534;
  private static final int NO_CHANGE = -1;

  static Account choose() {
    if (!runsAsRoot()) {
      return new Account(List.of(), NO_CHANGE);
    }
    List<String> namespace = List.of("unshare", "--user");
    if (works(namespace)) {
      return new Account(namespace, NO_CHANGE);
    }
    List<String> nobody =
        List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    if (works(nobody)) {
      return new Account(nobody, NOBODY);
    }
    throw new ConfigException(
        "PostgreSQL does not run as root, and neither 'unshare --user' nor 'setpriv' works here:"
            + " start mdp as an ordinary user, or set DATABASE_URL to a server of your own");
  }

  /// Whether the server reads files as somebody else than this process.
  boolean isForeign() {
    return uid != NO_CHANGE;
  }

  List<String> command(List<String> command) {
    return Stream.concat(prefix.stream(), command.stream()).toList();
  }

  /// Where an account that cannot enter root's home finds the programs; root's own folder.
  Path cache() throws IOException {
    Path folder = Path.of("/var/tmp/mdp-embedded-root");
    Files.createDirectories(folder);
    if (!Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid"))) {
      throw new ConfigException(folder + " belongs to somebody else than root: remove it");
    }
    return folder;
  }

  /// Hands the folder and all below it to the account.
  void own(Path folder) throws IOException {
    if (isForeign()) {
      try (Stream<Path> walk = Files.walk(folder)) {
        for (Path path : walk.toList()) {
          Files.setAttribute(path, "unix:uid", uid);
          Files.setAttribute(path, "unix:gid", uid);
        }
      }
    }
  }

  private static boolean runsAsRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  private static boolean works(List<String> prefix) {
    try {
      return Command.run(Stream.concat(prefix.stream(), Stream.of("true")).toList(), "").isOk();
    } catch (IOException e) {
      return false;
    }
  }
}
