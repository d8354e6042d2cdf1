package dev.mdp.embedded.postgres;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.embedded.Folders;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/// The server's programs, unpacked once per user and version from the class path.
///
/// @param folder has `bin/postgres`, `bin/initdb`, `lib`, `share`
record PostgresBinaries(Path folder) {

  /// Unpacks below the cache folder unless it is there. Safe when several processes do it at once.
  static PostgresBinaries unpacked(Path cache) {
    URL archive = archive();
    try {
      Path folder = cache.resolve("postgres-" + key(archive));
      if (!Files.isDirectory(folder)) {
        unpack(archive, folder);
      }
      return new PostgresBinaries(folder);
    } catch (IOException e) {
      throw new UnavailableException(
          "cannot unpack the embedded PostgreSQL below " + cache + ": " + e, e);
    }
  }

  Path postgres() {
    return folder.resolve("bin/postgres");
  }

  Path initdb() {
    return folder.resolve("bin/initdb");
  }

  private static URL archive() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch =
        switch (System.getProperty("os.arch", "")) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> "arm_64";
          case String other -> other;
        };
    URL url = PostgresBinaries.class.getResource("/postgres-" + os + "-" + arch + ".txz");
    if (url == null) {
      throw new ConfigException(
          "no embedded PostgreSQL for "
              + os
              + " on "
              + arch
              + ": set DATABASE_URL to a server of your own");
    }
    return url;
  }

  private static String key(URL archive) throws IOException {
    URLConnection connection = archive.openConnection();
    long checksum =
        connection instanceof JarURLConnection jar
            ? jar.getJarEntry().getCrc()
            : connection.getLastModified();
    return Long.toHexString(checksum) + "-" + Long.toHexString(connection.getContentLengthLong());
  }

  private static void unpack(URL archive, Path folder) throws IOException {
    Files.createDirectories(folder.getParent());
    Path temporary = Files.createTempDirectory(folder.getParent(), "unpack-");
    try {
      Files.setPosixFilePermissions(temporary, Folders.READABLE_BY_ALL);
      try (var in = archive.openStream()) {
        new TarXz(in).unpack(temporary, PostgresBinaries::isNeeded);
      }
      Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw e;
    } catch (FileSystemException e) {
      if (!Files.isDirectory(folder)) { // else another process was faster
        throw e;
      }
    } finally {
      Folders.delete(temporary);
    }
  }

  private static boolean isNeeded(String name) {
    return !name.startsWith("include/")
        && !name.contains("/pkgconfig")
        && !name.contains("/pgxs")
        && !name.endsWith(".a");
  }
}
