package dev.mdp.bench.nemesis;

import dev.mdp.bench.venue.LiveVenue;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// What the pipeline is fed with, and what its tables are compared with in the end. One thread.
interface EventSource extends AutoCloseable {
  /// More of the workers' configuration.
  String configuration();

  /// What it is, for people.
  String words();

  /// The venues whose live feeds are the source; none when it is senders.
  List<LiveVenue> venues();

  /// Asked before the first fault, until all of it comes.
  boolean hasBegun(Connection connection) throws SQLException;

  /// Whether it has events for as long as it is asked.
  boolean isTrading();

  /// After everything was healed: nothing more is sent, and what was sent is published; returns
  /// whether it was.
  boolean end(TestBed testBed, ProcessSupervisor supervisor) throws IOException;

  /// Writes what was sent into `nemesis.sent`.
  void load(Connection connection, ProcessSupervisor supervisor) throws IOException, SQLException;

  @Override
  void close();
}
