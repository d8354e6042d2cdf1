package dev.mdp.runtime.local;

import dev.mdp.config.LoadedConfig;
import dev.mdp.config.StoreConfig;
import dev.mdp.embedded.postgres.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The database that `mdp up` has in its data folder, for a command that comes after it. It is used
/// only where neither the configuration nor a running `up` names one. One thread.
public final class UpDatabase implements AutoCloseable {
  private final @Nullable EmbeddedPostgres started;
  private final List<String> flags;

  private UpDatabase(@Nullable EmbeddedPostgres started, List<String> flags) {
    this.started = started;
    this.flags = flags;
  }

  /// `path=value` for the configuration: this address, and no other way to a database.
  static List<String> flags(LoadedConfig loaded, String url) {
    List<String> flags = new ArrayList<>(List.of("store.url=" + url));
    if (loaded.config().store().directUrl().isPresent()) {
      flags.add("store.direct_url=" + url);
    }
    if (loaded.config().store().pooler() != StoreConfig.Pooler.SESSION) {
      flags.add("store.pooler=session");
    }
    return flags;
  }

  /// Starts the server again; does nothing when the configuration names a database or the folder
  /// has none.
  public static UpDatabase open(LoadedConfig loaded, Path folder) {
    Path data = folder.resolve("postgres");
    if (loaded.chosen("store.url") || !Files.isDirectory(data)) {
      return new UpDatabase(null, List.of());
    }
    EmbeddedPostgres server = EmbeddedPostgres.start(data);
    return new UpDatabase(server, flags(loaded, server.url()));
  }

  /// `path=value` for the configuration.
  public List<String> flags() {
    return flags;
  }

  @Override
  public void close() {
    if (started != null) {
      started.close();
    }
  }
}
