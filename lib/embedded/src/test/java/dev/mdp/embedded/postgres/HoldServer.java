package dev.mdp.embedded.postgres;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// A program that starts a server, prints its pid and waits to be killed.
final class HoldServer {
  private HoldServer() {}

  static void main(String[] args) throws InterruptedException {
    EmbeddedPostgres server = EmbeddedPostgres.start(Path.of(args[0]));
    System.out.println("server " + server.pid());
    new CountDownLatch(1).await();
  }
}
