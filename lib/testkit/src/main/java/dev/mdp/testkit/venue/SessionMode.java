package dev.mdp.testkit.venue;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/// What a WebSocket connection still does, and its end. One thread, but for [#cut].
final class SessionMode {
  private static final Duration CLOSE_ANSWER = Duration.ofSeconds(1);

  private enum State {
    TALKING,
    /// Pings and pongs only.
    MUTE,
    /// Nothing.
    FROZEN,
    /// The venue's close frame is sent.
    CLOSING,
    OVER
  }

  private final FrameWriter out;
  private final Socket socket;
  private volatile State state = State.TALKING;
  private volatile boolean endedByVenue;
  private Alarm patience = Alarm.after(null, 0);

  SessionMode(FrameWriter out, Socket socket) {
    this.out = out;
    this.socket = socket;
  }

  boolean isTalking() {
    return state == State.TALKING;
  }

  /// Whether pings and pongs continue.
  boolean isPonging() {
    return state == State.TALKING || state == State.MUTE;
  }

  boolean isOver() {
    return state == State.OVER;
  }

  boolean isEndedByVenue() {
    return endedByVenue;
  }

  void mute() {
    state = State.MUTE;
  }

  void freeze() {
    state = State.FROZEN;
  }

  void ping(byte[] payload) throws IOException {
    if (isPonging()) {
      out.ping(payload);
    }
  }

  void pong(byte[] payload) throws IOException {
    if (isPonging()) {
      out.pong(payload);
    }
  }

  void flush() throws IOException {
    if (isPonging()) {
      out.flush();
    }
  }

  /// Sends a close frame and gives the client a second to answer it.
  void close(int code, String reason) throws IOException {
    if (isPonging()) {
      endedByVenue = true;
      out.close(code, reason);
      state = State.CLOSING;
      patience = Alarm.after(CLOSE_ANSWER, System.nanoTime());
    }
  }

  /// The client sent a close frame.
  void closedByClient() throws IOException {
    if (isPonging()) {
      out.close(1000, "");
    }
    if (state != State.FROZEN) {
      end();
    }
  }

  /// Ends a connection whose client did not answer the venue's close.
  void ring(long now) {
    if (patience.rings(now)) {
      end();
    }
  }

  long nanosLeft(long now) {
    return patience.nanosLeft(now);
  }

  /// Ends the connection without a close frame.
  void drop() {
    endedByVenue = true;
    end();
  }

  /// Half of a frame, then a reset.
  void halfFrame(String text) throws IOException {
    out.half(text);
    cut();
  }

  /// Resets the connection.
  void cut() {
    endedByVenue = true;
    state = State.OVER;
    Sockets.reset(socket);
  }

  void end() {
    state = State.OVER;
    Sockets.close(socket);
  }
}
