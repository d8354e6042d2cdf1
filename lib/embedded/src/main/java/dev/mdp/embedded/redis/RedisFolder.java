package dev.mdp.embedded.redis;

import dev.mdp.embedded.Account;
import dev.mdp.embedded.Folders;
import dev.mdp.embedded.ServerPassword;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The folder in which a server works: its data and program. It belongs to the server's account,
/// which may be another one than ours: so the server is started inside it by relative names, as it
/// may not be able to walk there, and nothing of ours that matters is in it.
///
/// @param path absolute
record RedisFolder(Path path, Account account) {
  static final String PID_FILE = "redis.pid";
  private static final String USERS = "users.acl";

  Path log() {
    return beside(".log");
  }

  Path port() {
    return beside(".port");
  }

  Path password() {
    return beside(".password");
  }

  Path pid() {
    return path.resolve(PID_FILE);
  }

  /// Makes what the server needs, and hands all of it over to its account.
  ///
  /// @return the server's version
  String prepare(boolean guarded) throws IOException, InterruptedException {
    RedisBinary.unpack(path);
    if (guarded) {
      Folders.writePrivate(path.resolve(USERS), RedisUsers.file(ServerPassword.kept(password())));
    }
    account.own(path);
    return RedisBinary.version(this);
  }

  /// The whole command line of a server that works here.
  List<String> server(int port, List<String> extra) {
    List<String> command = new ArrayList<>(List.of("./" + RedisBinary.PROGRAM));
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--pidfile", PID_FILE));
    command.addAll(List.of("--daemonize", "no", "--databases", "16", "--tcp-backlog", "128"));
    command.addAll(List.of("--appendonly", "yes", "--appendfsync", "everysec", "--save", ""));
    command.addAll(List.of("--maxmemory-policy", "noeviction"));
    command.addAll(extra);
    return account.command(command);
  }

  static List<String> guardedOptions() {
    return List.of("--aclfile", USERS);
  }

  private Path beside(String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }
}
