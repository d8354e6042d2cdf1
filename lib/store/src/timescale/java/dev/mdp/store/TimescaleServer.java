package dev.mdp.store;

import java.util.function.Supplier;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/// The TimescaleDB image of the profile `timescale`, ended with this process by Testcontainers.
public final class TimescaleServer implements Supplier<String> {
  @Override
  @SuppressWarnings("resource") // lives as long as the tests
  public String get() {
    DockerImageName image =
        DockerImageName.parse(System.getProperty("mdp.test.timescale.image"))
            .asCompatibleSubstituteFor("postgres");
    PostgreSQLContainer server = new PostgreSQLContainer(image);
    server.start();
    return "postgresql://%s:%s@%s:%d/%s"
        .formatted(
            server.getUsername(),
            server.getPassword(),
            server.getHost(),
            server.getFirstMappedPort(),
            server.getDatabaseName());
  }
}
