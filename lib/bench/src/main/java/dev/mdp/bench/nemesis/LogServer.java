package dev.mdp.bench.nemesis;

import dev.mdp.core.bus.Position;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/// The server that holds the log, as the nemesis deals with it: past every proxy. Thread-safe.
interface LogServer extends AutoCloseable {
  /// The `bus:` section of the workers' configuration.
  String configuration();

  /// For a sender: the kind of bus and how to reach it.
  List<String> address();

  /// Name and version, for people.
  String version();

  /// Throws [IOException] while the server is away.
  Position last(int shard) throws IOException;

  /// Appends an entry as anyone could.
  void append(int shard, String data) throws IOException;

  /// Reads the dead letters that came since the last time.
  void readLetters(DeadLetterTail letters) throws IOException;

  /// Copies the entries that came since the last time.
  void readEntries(LogTap tap) throws IOException;

  /// How many entries the log ever had, where nothing was taken out of it.
  OptionalLong entries() throws IOException;

  /// Takes back what still lasts.
  void heal() throws IOException;

  @Override
  void close() throws IOException;
}
