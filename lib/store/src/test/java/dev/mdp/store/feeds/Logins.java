package dev.mdp.store.feeds;

import dev.mdp.store.PostgresStore;
import dev.mdp.store.RecordingMetrics;
import dev.mdp.store.TestDatabase;
import dev.mdp.store.database.StoreSettings;

/// Login roles of a test, each a member of one group role and of nothing else.
final class Logins implements AutoCloseable {
  private final TestDatabase database;

  Logins(TestDatabase database) {
    this.database = database;
    for (String role : new String[] {"mdp_writer", "mdp_reader"}) {
      database.execute("CREATE ROLE %s LOGIN PASSWORD 'x' IN ROLE %s".formatted(name(role), role));
    }
  }

  private String name(String role) {
    return role + "_of_" + database.name();
  }

  StoreSettings settings(String role) {
    String url = database.url().replaceFirst("//[^@]*@", "//" + name(role) + ":x@");
    return StoreSettings.of(url, 8, "mdp test");
  }

  PostgresStore store(String role) {
    return new PostgresStore(settings(role), new RecordingMetrics());
  }

  @Override
  public void close() {
    for (String role : new String[] {"mdp_writer", "mdp_reader"}) {
      database.execute("DROP OWNED BY %1$s; DROP ROLE %1$s".formatted(name(role)));
    }
  }
}
