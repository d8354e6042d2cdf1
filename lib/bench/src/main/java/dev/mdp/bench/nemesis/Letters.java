package dev.mdp.bench.nemesis;

import dev.mdp.testkit.net.RespClient;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the dead letters while they come, so that they are known also when Redis loses them.
/// Thread-safe.
final class Letters implements AutoCloseable {
  private static final Pattern EVENT_ID = Pattern.compile("\"event_id\":\"([^\"]+)\"");

  private final Grounds grounds;
  private final Thread thread;
  private final LogTap tap;
  private final Map<String, Set<String>> sealed = new TreeMap<>();
  private final Set<String> future = new HashSet<>();
  private final Set<String> poison = new HashSet<>();
  private final Map<String, Long> byReason = new TreeMap<>();
  private String last = "0-0";
  private volatile boolean closed;

  Letters(Grounds grounds) {
    this.grounds = grounds;
    this.tap = new LogTap(grounds.folder());
    this.thread = Thread.ofPlatform().daemon().name("letters").start(this::watch);
  }

  /// The command that reads what came since the last time; its answer goes to [#take].
  synchronized String[] command() {
    return new String[] {"XRANGE", Grounds.DEAD_LETTERS, "(" + last, "+"};
  }

  /// Reads everything that is there now.
  synchronized void readAll(RespClient client) throws IOException {
    take(RespClient.list(client.call(command())));
  }

  /// Reads all that Redis still has once more.
  synchronized void readAgain(RespClient client) throws IOException {
    last = "0-0";
    byReason.clear();
    readAll(client);
  }

  synchronized void take(List<?> entries) throws IOException {
    for (Object each : entries) {
      List<?> entry = RespClient.list(each);
      last = String.valueOf(entry.getFirst());
      List<?> fields = RespClient.list(entry.get(1));
      Map<String, String> letter = new TreeMap<>();
      for (int i = 0; i + 1 < fields.size(); i += 2) {
        letter.put(String.valueOf(fields.get(i)), String.valueOf(fields.get(i + 1)));
      }
      note(letter);
    }
  }

  private void note(Map<String, String> letter) throws IOException {
    String reason = letter.getOrDefault("reason", "");
    String data = letter.getOrDefault("data", "");
    tap.note(letter);
    byReason.merge(letter.getOrDefault("group", "") + " " + reason, 1L, Long::sum);
    Matcher marker = Poison.MARKER.matcher(data);
    if (marker.find()) {
      poison.add(marker.group());
      return;
    }
    Matcher id = EVENT_ID.matcher(data);
    if (id.find()) {
      if (reason.equals("sealed")) {
        String[] intervals = letter.getOrDefault("intervals", "").split(",");
        sealed.computeIfAbsent(id.group(1), _ -> new TreeSet<>()).addAll(Arrays.asList(intervals));
      } else if (reason.equals("future")) {
        future.add(id.group(1));
      }
    }
  }

  /// Whether a letter says that a window of this interval was sealed when the event came.
  synchronized boolean isSealed(String eventId, String interval) {
    return sealed.getOrDefault(eventId, Set.of()).contains(interval);
  }

  synchronized boolean isFuture(String eventId) {
    return future.contains(eventId);
  }

  synchronized boolean hasPoison(String marker) {
    return poison.contains(marker);
  }

  synchronized Map<String, Long> byReason() {
    return new TreeMap<>(byReason);
  }

  private void watch() {
    while (!closed) {
      try (RespClient client = grounds.redis()) {
        while (!closed) {
          readAll(client);
          tap.read(client);
          Times.sleep(100);
        }
      } catch (IOException _) {
        Times.sleep(100); // Redis is away
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
