package dev.mdp.testkit.net;

import java.io.IOException;

/// What a proxy knows of the protocol it passes on. Both methods run until the connection ends;
/// each has its own thread for every connection.
public interface Wire {
  void toServer(Link link) throws IOException;

  void toClient(Link link) throws IOException;
}
