package dev.mdp.testkit.venue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What clients did, in the order in which the venue saw it. Thread-safe.
public final class VenueLog {
  private final List<Connect> connects = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();
  private final List<Request> requests = new ArrayList<>();
  private final List<Ending> endings = new ArrayList<>();

  /// A handshake that was begun.
  ///
  /// @param connection from 1; 0 when it was refused
  public record Connect(int connection, Instant at, String target) {
    public boolean isRefused() {
      return connection == 0;
    }
  }

  /// What kind of frame a client sent.
  public enum Kind {
    TEXT,
    PING,
    PONG,
    CLOSE,
    /// Binary: no venue takes it.
    OTHER
  }

  /// A message from a client, or a control frame.
  ///
  /// @param text of a close frame its reason, of a ping or pong its payload
  public record Message(int connection, Instant at, Kind kind, String text) {}

  /// A request over REST.
  ///
  /// @param target the path and the query as they were sent
  /// @param weight in the venue's own measure
  /// @param status of the answer
  public record Request(Instant at, String target, int weight, int status) {}

  /// The end of a connection.
  ///
  /// @param byClient whether the client ended it first
  public record Ending(int connection, Instant at, boolean byClient) {}

  public synchronized List<Connect> connects() {
    return List.copyOf(connects);
  }

  public synchronized List<Message> messages() {
    return List.copyOf(messages);
  }

  /// The messages of this kind.
  public List<Message> messages(Kind kind) {
    return messages().stream().filter(message -> message.kind() == kind).toList();
  }

  public synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  public synchronized List<Ending> endings() {
    return List.copyOf(endings);
  }

  /// The most messages, pings and pongs that one connection sent in any such window.
  public int mostMessages(Duration window) {
    return most(message -> message.kind() != Kind.CLOSE, window);
  }

  /// The most messages of text that one connection sent in any such window.
  public int mostTexts(Duration window) {
    return most(message -> message.kind() == Kind.TEXT, window);
  }

  private int most(Predicate<Message> counted, Duration window) {
    Map<Integer, List<Message>> byConnection =
        messages().stream().filter(counted).collect(Collectors.groupingBy(Message::connection));
    return byConnection.values().stream()
        .mapToInt(all -> RollingWindow.most(all.stream().map(Message::at).toList(), window))
        .max()
        .orElse(0);
  }

  /// The most handshakes that were begun in any such window.
  public int mostConnects(Duration window) {
    return RollingWindow.most(connects().stream().map(Connect::at).toList(), window);
  }

  /// The most weight that was asked for in any such window.
  public int mostWeight(Duration window) {
    List<Request> all = requests();
    return RollingWindow.most(
        all.stream().map(Request::at).toList(),
        all.stream().mapToInt(Request::weight).toArray(),
        window);
  }

  synchronized void add(Connect connect) {
    connects.add(connect);
  }

  synchronized void add(Message message) {
    messages.add(message);
  }

  synchronized void add(Request request) {
    requests.add(request);
  }

  synchronized void add(Ending ending) {
    endings.add(ending);
  }
}
