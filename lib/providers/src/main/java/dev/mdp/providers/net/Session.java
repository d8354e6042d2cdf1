package dev.mdp.providers.net;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedNotice.Cause;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// One connection from the first word to the last: what it asks, whether it is alive, and when
/// another one has to take its place. The feed's thread.
final class Session {
  /// No time at all.
  static final long NEVER = Long.MAX_VALUE;

  private static final Duration MOST_LEAD = Duration.ofMinutes(10);

  private enum Phase {
    CONNECTING,
    OPEN,
    ENDED
  }

  private final FeedRuntime runtime;
  private final Slot slot;
  private final List<Symbol> dialled;
  private final Connection connection;
  private final Outbox outbox;
  private final Confirmations confirmations = new Confirmations();
  private final DataSpan data = new DataSpan();
  private Phase phase = Phase.CONNECTING;
  private boolean wasOpen;
  private boolean outdated;
  private long replaceAtNanos = NEVER;

  Session(FeedRuntime runtime, Slot slot, Collection<Symbol> symbols) {
    this.runtime = runtime;
    this.slot = slot;
    this.dialled = List.copyOf(symbols);
    this.connection = new Connection(runtime, this);
    this.outbox = new Outbox(connection, runtime.limits());
  }

  Slot slot() {
    return slot;
  }

  Confirmations confirmations() {
    return confirmations;
  }

  /// For how long it brought messages.
  DataSpan data() {
    return data;
  }

  void dial(URI uri) {
    connection.dial(uri);
  }

  /// The venue accepted the connection; asks for these symbols.
  void opened(long nowNanos, Collection<Symbol> symbols) {
    wasOpen = true;
    if (phase == Phase.ENDED) {
      return;
    }
    phase = Phase.OPEN;
    runtime.limits().maxAge().ifPresent(age -> replaceAtNanos = nowNanos + usable(age).toNanos());
    if (!ask(List.copyOf(symbols))) {
      confirmations.await(dialled.stream().filter(symbols::contains).toList(), late(nowNanos));
      outdated = !dialled.containsAll(symbols);
    }
  }

  /// How much of its age a connection serves before it is replaced.
  private static Duration usable(Duration age) {
    Duration tenth = age.dividedBy(10);
    return age.minus(tenth.compareTo(MOST_LEAD) < 0 ? tenth : MOST_LEAD);
  }

  private long late(long nowNanos) {
    return nowNanos + runtime.limits().confirmWithin().toNanos();
  }

  /// Asks for more symbols; where only an address says which, a connection to another one has to
  /// take this one's place.
  void add(List<Symbol> symbols) {
    if (isOpen() && !ask(symbols)) {
      outdated = true;
    }
  }

  /// Whether a message can ask for them.
  private boolean ask(List<Symbol> symbols) {
    List<String> messages = runtime.dialect().subscribe(symbols);
    if (!messages.isEmpty()) {
      confirmations.await(symbols, NEVER);
      outbox.add(messages, () -> confirmations.await(symbols, late(runtime.time().nanos())));
    }
    return !messages.isEmpty();
  }

  void remove(List<Symbol> symbols) {
    confirmations.leave(symbols);
    List<String> messages = isOpen() ? runtime.dialect().unsubscribe(symbols) : List.of();
    outbox.add(messages, () -> confirmations.left(symbols));
  }

  /// The venue took the confirmation of a symbol back: it is asked for again.
  void withdraw(Symbol symbol) {
    if (confirmations.withdraw(symbol)) {
      add(List.of(symbol));
    }
  }

  /// Sends what is to be sent; returns when it has to be looked after again.
  long turn(long nowNanos) {
    if (!isOpen()) {
      return NEVER;
    }
    long next = Math.min(outbox.send(nowNanos), confirmations.nextNanos());
    next = replaceAtNanos > nowNanos ? Math.min(next, replaceAtNanos) : next;
    return Math.min(next, silentAtNanos());
  }

  /// When the venue last gave a sign of life.
  long lastSignNanos() {
    return connection.lastSignNanos();
  }

  private long silentAtNanos() {
    return lastSignNanos() + runtime.limits().silence().toNanos() + 1;
  }

  boolean isSilent(long nowNanos) {
    return isOpen() && nowNanos >= silentAtNanos();
  }

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  /// Whether the venue had accepted it, be it still open or not.
  boolean wasOpen() {
    return wasOpen;
  }

  /// The venue will end it.
  void replaceSoon(long nowNanos) {
    replaceAtNanos = Math.min(replaceAtNanos, nowNanos);
  }

  /// Whether its address asks for less than is wanted, and no message can ask for the rest.
  boolean isOutdated() {
    return isOpen() && outdated;
  }

  boolean needsSuccessor(long nowNanos) {
    return isOpen() && (nowNanos >= replaceAtNanos || outdated || confirmations.hasMissed());
  }

  /// Sends nothing before then.
  void hold(long untilNanos) {
    outbox.hold(untilNanos);
  }

  void end(Cause cause, String detail) {
    phase = Phase.ENDED;
    connection.end(cause, detail);
  }
}
