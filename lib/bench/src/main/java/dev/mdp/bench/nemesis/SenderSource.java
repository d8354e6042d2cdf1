package dev.mdp.bench.nemesis;

import dev.mdp.bench.venue.LiveVenue;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Processes that make events up and keep account of them.
final class SenderSource implements EventSource {
  @Override
  public String configuration() {
    return "";
  }

  @Override
  public String words() {
    return ProcessSupervisor.SENDERS + " senders";
  }

  @Override
  public List<LiveVenue> venues() {
    return List.of();
  }

  @Override
  public boolean hasBegun(Connection connection) {
    return true;
  }

  @Override
  public boolean isTrading() {
    return true;
  }

  @Override
  public boolean end(TestBed testBed, ProcessSupervisor supervisor) throws IOException {
    supervisor.endSenders();
    return true;
  }

  @Override
  public void load(Connection connection, ProcessSupervisor supervisor)
      throws IOException, SQLException {
    SentEventsAudit.load(connection, supervisor.senderLogs());
  }

  @Override
  public void close() {}
}
