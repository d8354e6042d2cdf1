package dev.mdp.bench.nemesis;

import dev.mdp.core.bus.Position;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the dead letters while they come, so that they are known also when the log loses them.
/// Thread-safe.
final class DeadLetterTail implements AutoCloseable {
  static final Pattern EVENT_ID = Pattern.compile("\"event_id\":\"([^\"]+)\"");

  private final TestBed testBed;
  private final Thread thread;
  private final LogTap tap;
  private final Map<String, Set<String>> sealed = new TreeMap<>();
  private final Set<String> future = new HashSet<>();
  private final Set<String> poison = new HashSet<>();
  private final Map<String, Long> byReason = new TreeMap<>();
  private Position last = Position.START;
  private volatile boolean closed;

  DeadLetterTail(TestBed testBed) {
    this.testBed = testBed;
    this.tap = new LogTap(testBed.folder());
    this.thread = Thread.ofPlatform().daemon().name("letters").start(this::watch);
  }

  /// The place of the last letter that was taken.
  synchronized Position last() {
    return last;
  }

  /// Reads everything that is there now.
  void readAll() throws IOException {
    testBed.log().readLetters(this);
  }

  /// Reads all that the log still has once more.
  synchronized void readAgain() throws IOException {
    last = Position.START;
    byReason.clear();
    Position before;
    do {
      before = last;
      readAll();
    } while (last.isAfter(before));
  }

  synchronized void take(Position position, Map<String, String> letter) {
    last = position;
    note(letter);
  }

  private void note(Map<String, String> letter) {
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
      try {
        readAll();
        testBed.log().readEntries(tap);
      } catch (IOException _) {
        // the server is away
      }
      NemesisTimes.sleep(100);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
