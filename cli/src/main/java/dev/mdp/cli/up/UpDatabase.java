package dev.mdp.cli.up;

import dev.mdp.config.LoadedConfig;
import dev.mdp.config.StoreConfig;
import dev.mdp.core.error.ConflictException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.embedded.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The database that `mdp up` has in its data folder, for a command that comes after it or while it
/// runs. It is used only where the configuration names no other. One thread.
public final class UpDatabase implements AutoCloseable {
  private static final Pattern URL = Pattern.compile("export DATABASE_URL='([^']*)'");

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

  /// Starts the server again when no `up` runs; does nothing when the configuration names a
  /// database or the folder has none.
  public static UpDatabase open(LoadedConfig loaded, Path folder) {
    Path data = folder.resolve("postgres");
    if (loaded.chosen("store.url") || !Files.isDirectory(data)) {
      return new UpDatabase(null, List.of());
    }
    try {
      EmbeddedPostgres server = EmbeddedPostgres.start(data);
      return new UpDatabase(server, flags(loaded, server.url()));
    } catch (ConflictException running) {
      return new UpDatabase(null, flags(loaded, urlOf(folder.resolve("env"), running)));
    }
  }

  private static String urlOf(Path environment, ConflictException running) {
    try {
      Matcher url = URL.matcher(Files.readString(environment));
      if (url.find()) {
        return url.group(1);
      }
    } catch (IOException e) {
      throw new UnavailableException(
          "mdp up runs here, and " + environment + ", where it tells its address, cannot be read",
          e);
    }
    throw running;
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
