package dev.mdp.embedded.postgres;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.embedded.Account;
import dev.mdp.embedded.Command;
import dev.mdp.embedded.Folders;
import dev.mdp.embedded.ServerPassword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// A data directory: made once, with the role `mdp` and the database `market_data`.
///
/// @param durable whether what is committed must survive a power cut
record Cluster(Path dataDir, PostgresBinaries binaries, Account account, boolean durable) {
  static final String ROLE = "mdp";
  static final String DATABASE = "market_data";

  /// Makes the cluster when the directory is empty. Half-made ones are never left behind: it is
  /// made beside its place and renamed.
  void create() throws IOException {
    if (!Folders.isEmpty(dataDir)) {
      requireOwnKind();
      return;
    }
    Path beside = dataDir.resolveSibling(dataDir.getFileName() + ".new");
    Folders.delete(beside);
    Files.createDirectories(beside);
    Files.setPosixFilePermissions(beside, Folders.PRIVATE);
    account.own(beside);
    require("initdb", initdb(beside), "");
    require("create the database", single(beside), "CREATE DATABASE " + DATABASE + ";\n");
    Files.move(beside, dataDir, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Makes the role's password this one and lets no one in without it, unless it is so already.
  /// Also for a cluster of an earlier version, which trusted everybody on this machine. The server
  /// must not be running.
  void guard(ServerPassword password) throws IOException {
    Path rules = dataDir.resolve("pg_hba.conf");
    // The comment knows the password: where its file was lost, the role gets the new one.
    String wanted =
        "# Written by mdp: passwords only (%s).\nhost all all 127.0.0.1/32 scram-sha-256\n"
            .formatted(password.sha256());
    if (Files.isRegularFile(rules) && Files.readString(rules).equals(wanted)) {
      return;
    }
    require(
        "set the password",
        single(dataDir),
        "ALTER ROLE " + ROLE + " PASSWORD '" + ScramVerifier.of(password.value()) + "';\n");
    Folders.writePrivate(rules, wanted);
    account.own(rules);
  }

  /// A server for one session on standard input.
  private List<String> single(Path target) {
    return List.of(binaries.postgres().toString(), "--single", "-D", target.toString(), "postgres");
  }

  private List<String> initdb(Path target) {
    List<String> command =
        new ArrayList<>(
            List.of(
                binaries.initdb().toString(),
                "--pgdata=" + target,
                "--username=" + ROLE,
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--set=timezone=UTC"));
    if (!durable) {
      command.add("--no-sync");
    }
    return command;
  }

  private void require(String what, List<String> command, String input) throws IOException {
    Command answer = Command.run(account.command(command), input);
    if (!answer.isOk()
        || answer.output().contains("FATAL:")
        || answer.output().contains("ERROR:")) {
      String hint =
          account.isForeign() ? " (it runs as 'nobody', who must be able to enter the folder)" : "";
      throw new UnavailableException(
          "embedded PostgreSQL: cannot " + what + " in " + dataDir + hint + ": " + answer.output());
    }
  }

  private void requireOwnKind() throws IOException {
    Path version = dataDir.resolve("PG_VERSION");
    if (!Files.isRegularFile(version, LinkOption.NOFOLLOW_LINKS)) {
      throw new ConfigException(
          dataDir + " is neither empty nor a PostgreSQL data directory: name another one");
    }
    String made = Files.readString(version).strip();
    String ours = major();
    if (!made.equals(ours)) {
      throw new ConfigException(
          dataDir
              + " was made by PostgreSQL "
              + made
              + ", the embedded one is "
              + ours
              + ": dump and restore it, or name another directory");
    }
  }

  private String major() throws IOException {
    String version = version();
    int dot = version.indexOf('.');
    return dot < 0 ? version : version.substring(0, dot);
  }

  /// For example `18.6`.
  String version() throws IOException {
    String line = Command.run(List.of(binaries.postgres().toString(), "--version"), "").output();
    return line.substring(line.lastIndexOf(' ') + 1);
  }
}
