package dev.mdp.testkit.venue;

import java.io.IOException;
import java.net.Socket;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Lets WebSockets in, or not. Thread-safe.
final class Doorman {
  private final LifeScript life;
  private final RollingWindow connects;
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicInteger deafLeft;

  Doorman(LifeScript life) {
    this.life = life;
    this.connects = new RollingWindow(life.connects);
    this.deafLeft = new AtomicInteger(life.deafConnects);
  }

  /// Answers a handshake; empty when it was refused.
  ///
  /// @param crowded whether another WebSocket is open
  Optional<SessionLoop> admit(VenueRequest handshake, Stage stage, Socket socket, boolean crowded)
      throws IOException {
    Instant now = stage.clock().now();
    AnswerWriter answers = new AnswerWriter(socket.getOutputStream());
    Optional<Answer> refusal = refusal(handshake, stage, now);
    if (refusal.isPresent()) {
      note(stage, 0, now, handshake);
      answers.write(refusal.get());
      return Optional.empty();
    }
    if (deafLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      note(stage, 0, now, handshake);
      Sockets.awaitEnd(socket);
      throw new IOException("the client gave up its handshake");
    }
    int number = numbers.incrementAndGet();
    note(stage, number, now, handshake);
    // Made before it is accepted: a client that is in misses no trade that is released then.
    SessionLoop session = new SessionLoop(number, socket, handshake, stage);
    answers.accept(handshake);
    if (life.single && crowded) {
      session.suffer(Fault.close(1008, "connection limit exceeded"));
    }
    return Optional.of(session);
  }

  private Optional<Answer> refusal(VenueRequest handshake, Stage stage, Instant now) {
    if (connects.isExceededAt(now)) {
      return Optional.of(
          Answer.html(429, "429 Too Many Requests").retryAfter(life.connects.window()));
    }
    if (life.refusal > 0) {
      return Optional.of(Answer.html(life.refusal, "Refused"));
    }
    return stage.dialect().accepts(handshake)
        ? Optional.empty()
        : Optional.of(Answer.html(404, "404 Not Found"));
  }

  private static void note(Stage stage, int number, Instant now, VenueRequest handshake) {
    stage.log().add(new VenueLog.Connect(number, now, handshake.target()));
  }
}
