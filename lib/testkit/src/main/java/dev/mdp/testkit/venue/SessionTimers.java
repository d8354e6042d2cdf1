package dev.mdp.testkit.venue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;

/// What a WebSocket connection does by the clock. One thread.
final class SessionTimers {
  private final Session session;
  private final SessionMode mode;
  private final VenueStream stream;
  private final Alarm pings;
  private final Alarm heartbeats;
  private final Alarm subscribeBy;
  private final Alarm notice;
  private final Alarm age;
  private final PingWatch unanswered;
  private final RollingWindow received;
  private Alarm shutdown = Alarm.after(null, 0);
  private long messagesBefore;

  SessionTimers(LifeScript life, Session session, SessionMode mode, VenueStream stream) {
    this.session = session;
    this.mode = mode;
    this.stream = stream;
    long now = System.nanoTime();
    pings = Alarm.every(life.pingEvery, now);
    heartbeats = Alarm.every(life.heartbeatEvery, now);
    subscribeBy = Alarm.after(life.subscribeWithin, now);
    age = Alarm.after(life.maxAge, now);
    Duration untilNotice = life.maxAge == null ? null : life.maxAge.minus(life.shutdownLead);
    notice = Alarm.after(untilNotice != null && untilNotice.isPositive() ? untilNotice : null, now);
    unanswered = new PingWatch(life.pongWithin);
    received = new RollingWindow(life.messages);
  }

  /// Does what is due.
  void ring(long now) throws IOException {
    mode.ring(now);
    if (pings.rings(now) && mode.isPonging()) {
      String payload = Long.toString(session.stage().clock().shown().toEpochMilli());
      mode.ping(payload.getBytes(StandardCharsets.US_ASCII));
      unanswered.sent(payload, now);
    }
    if (unanswered.isOverdue(now)) {
      mode.close(1008, "Pong timeout");
    }
    if (mode.isTalking()) {
      ringWhileTalking(now);
    }
  }

  private void ringWhileTalking(long now) throws IOException {
    if (heartbeats.rings(now)) {
      stream.heartbeat(session.messages() == messagesBefore);
      messagesBefore = session.messages();
    }
    if (notice.rings(now)) {
      stream.announceShutdown();
    }
    if (age.rings(now) || shutdown.rings(now)) {
      mode.close(1001, "Going away");
    } else if (subscribeBy.rings(now) && !session.hasSubscribed()) {
      mode.drop();
    }
  }

  /// Announces the end of the connection and closes it after that time.
  void shutdown(Duration lead) throws IOException {
    stream.announceShutdown();
    shutdown = Alarm.after(lead.isPositive() ? lead : Duration.ofNanos(1), System.nanoTime());
  }

  void pong(String payload) {
    unanswered.heard(payload);
  }

  /// One more message of the client; closes the connection when it is one too many.
  boolean isTooMany(Instant now) throws IOException {
    boolean tooMany = received.isExceededAt(now);
    if (tooMany) {
      mode.close(1008, "Too many requests");
    }
    return tooMany;
  }

  /// When something is due that is done in the present mode: what is not done any more stays due
  /// for ever, and is not waited for.
  long nanosLeft(long now) {
    long left = mode.nanosLeft(now);
    if (mode.isPonging()) {
      left = min(left, pings.nanosLeft(now), unanswered.nanosLeft(now));
    }
    if (mode.isTalking()) {
      left =
          min(
              left,
              heartbeats.nanosLeft(now),
              subscribeBy.nanosLeft(now),
              notice.nanosLeft(now),
              age.nanosLeft(now),
              shutdown.nanosLeft(now));
    }
    return left;
  }

  private static long min(long... each) {
    return LongStream.of(each).min().orElseThrow();
  }
}
