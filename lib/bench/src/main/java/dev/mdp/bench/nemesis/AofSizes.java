package dev.mdp.bench.nemesis;

import dev.mdp.testkit.net.RespClient;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;

/// How long Redis's append-only file was at which time of the last seconds. Under `everysec` Redis
/// holds a write back for as long as two seconds while the disk is still syncing, and answers
/// meanwhile; so whatever was acknowledged that long before a sample was taken is within the
/// sample's length. Thread-safe.
final class AofSizes implements AutoCloseable {
  private static final long HELD_BACK_MICROS = 2_000_000;
  private static final long KEPT_MICROS = 2_000_000;
  private static final long EVERY_MILLIS = 20;
  private static final long LARGE_BYTES = 48L << 20;

  private final Path file;
  private final ArrayDeque<Sample> samples = new ArrayDeque<>();
  private final Thread thread;
  private volatile boolean closed;

  /// @param micros when the file was at least so long
  record Sample(long micros, long bytes) {
    /// What was acknowledged before is in the file.
    long wholeUntilMicros() {
      return micros - HELD_BACK_MICROS;
    }
  }

  AofSizes(Path file) {
    this.file = file;
    this.thread = Thread.ofPlatform().daemon().name("aof-sizes").start(this::watch);
  }

  /// The oldest sample that is not older than so long.
  synchronized Sample sample(long millis) throws IOException {
    takeOne();
    long since = NemesisTimes.nowMicros() - millis * 1_000;
    for (Sample sample : samples) {
      if (sample.micros() >= since) {
        return sample;
      }
    }
    return samples.getLast();
  }

  /// Shortens the file of a server that has ended.
  synchronized void cutTo(Sample sample) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(sample.bytes());
    }
    samples.clear();
  }

  boolean isLarge() throws IOException {
    return Files.size(file) > LARGE_BYTES;
  }

  /// Lets the server write the file again; no one may cut it meanwhile.
  synchronized void rewrite(RespClient client) throws IOException {
    client.call("BGREWRITEAOF");
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (String.valueOf(client.call("INFO", "persistence")).contains("rewrite_in_progress:1")
        && System.nanoTime() < deadline) {
      NemesisTimes.sleep(20);
    }
    samples.clear();
  }

  private void watch() {
    while (!closed) {
      try {
        takeOne();
      } catch (IOException _) {
        // no file yet
      }
      NemesisTimes.sleep(EVERY_MILLIS);
    }
  }

  private synchronized void takeOne() throws IOException {
    long now = NemesisTimes.nowMicros();
    long bytes = Files.size(file);
    if (!samples.isEmpty() && samples.getLast().bytes() > bytes) {
      samples.clear(); // written again
    }
    samples.addLast(new Sample(now, bytes));
    while (samples.getFirst().micros() < now - KEPT_MICROS) {
      samples.removeFirst();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
