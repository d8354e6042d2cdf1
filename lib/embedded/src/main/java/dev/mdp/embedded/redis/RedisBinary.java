package dev.mdp.embedded.redis;

import dev.mdp.core.error.ConfigException;
import dev.mdp.embedded.Command;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `redis-server` program that travels as a resource of the embedded-redis artifact.
final class RedisBinary {
  static final String PROGRAM = "redis-server";
  private static final Pattern VERSION = Pattern.compile("v=([0-9.]+)");

  private RedisBinary() {}

  /// Unpacks the program for this machine into the folder, unless the same is there already.
  static Path unpack(Path folder) throws IOException {
    String resource = resource();
    Path program = folder.resolve(PROGRAM);
    try (InputStream packed = RedisBinary.class.getResourceAsStream(resource)) {
      if (packed == null) {
        throw new ConfigException(
            "this build carries no embedded Redis for " + platform() + "; set REDIS_URI");
      }
      byte[] wanted = packed.readAllBytes();
      if (Files.isExecutable(program) && isSame(program, wanted)) {
        return program;
      }
      Path fresh = Files.createTempFile(folder, PROGRAM, ".new");
      Files.write(fresh, wanted);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
      replace(fresh, program);
      return program;
    }
  }

  /// What `redis-server --version` says, e.g. `6.2.11`.
  static String version(RedisFolder folder) throws IOException {
    String said =
        Command.run(
                folder.account().command(List.of("./" + PROGRAM, "--version")), "", folder.path())
            .output();
    Matcher matcher = VERSION.matcher(said);
    if (!matcher.find()) {
      throw new ConfigException(
          "the embedded Redis does not run on this machine (" + said + "); set REDIS_URI");
    }
    return matcher.group(1);
  }

  /// By content: the server's account owns the file.
  private static boolean isSame(Path program, byte[] wanted) throws IOException {
    return Files.size(program) == wanted.length
        && Arrays.equals(Files.readAllBytes(program), wanted);
  }

  private static void replace(Path fresh, Path program) throws IOException {
    try {
      Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(fresh, program, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String resource() {
    return switch (platform()) {
      case "linux-amd64" -> "/redis-server-6.2.6-v5-linux-amd64";
      case "linux-aarch64" -> "/redis-server-6.2.7-linux-arm64";
      case "mac-amd64" -> "/redis-server-6.2.6-v5-darwin-amd64";
      case "mac-aarch64" -> "/redis-server-6.2.6-v5-darwin-arm64";
      default ->
          throw new ConfigException(
              "no embedded Redis is available for " + platform() + "; set REDIS_URI");
    };
  }

  private static String platform() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String family =
        system.startsWith("mac") ? "mac" : system.startsWith("linux") ? "linux" : system;
    return family + '-' + ("x86_64".equals(machine) ? "amd64" : machine);
  }
}
