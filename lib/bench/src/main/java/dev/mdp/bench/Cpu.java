package dev.mdp.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Processor time of processes out of `/proc`, to 10 ms.
final class Cpu {
  private static final long NANOS_PER_TICK = 10_000_000;
  private static final Path PROC = Path.of("/proc");

  private Cpu() {}

  /// What two servers and a program have used since they began, in nanoseconds.
  record Times(long own, long redis, long postgres) {
    static Times now(long own, long redis, long postgres) {
      return new Times(process(own), process(redis), family(postgres));
    }

    Times minus(Times earlier) {
      return new Times(own - earlier.own, redis - earlier.redis, postgres - earlier.postgres);
    }

    Times plus(Times other) {
      return new Times(own + other.own, redis + other.redis, postgres + other.postgres);
    }
  }

  /// The processor time of one process.
  static long process(long pid) {
    Stat stat = Stat.of(PROC.resolve(Long.toString(pid)));
    return stat == null ? 0 : stat.own;
  }

  /// That of a server and its children, living and gone.
  static long family(long pid) {
    Stat server = Stat.of(PROC.resolve(Long.toString(pid)));
    long sum = server == null ? 0 : server.own + server.gone;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        Stat stat = Stat.of(process);
        if (stat != null && stat.parent == pid) {
          sum += stat.own;
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return sum;
  }

  /// The peak resident memory of this process in bytes.
  static long peakMemory() {
    try {
      for (String line : Files.readAllLines(PROC.resolve("self/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024;
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    throw new IllegalStateException("/proc/self/status has no VmHWM");
  }

  private record Stat(long parent, long own, long gone) {
    static @org.jspecify.annotations.Nullable Stat of(Path process) {
      try {
        String text = Files.readString(process.resolve("stat"));
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        return new Stat(Long.parseLong(fields[1]), ticks(fields, 11), ticks(fields, 13));
      } catch (NoSuchFileException e) {
        return null;
      } catch (IOException e) { // ended while it was read
        return null;
      }
    }

    private static long ticks(String[] fields, int first) {
      return (Long.parseLong(fields[first]) + Long.parseLong(fields[first + 1])) * NANOS_PER_TICK;
    }
  }
}
