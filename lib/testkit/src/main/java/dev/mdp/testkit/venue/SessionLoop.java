package dev.mdp.testkit.venue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Runs one WebSocket connection: what the client sends, what goes wrong, the timers and the
/// trades, all on one thread; a second one only reads. [#wake], [#suffer] and [#abort] are
/// thread-safe.
final class SessionLoop {
  private static final long LONGEST_WAIT = 1_000_000_000L;

  private final Stage stage;
  private final Session session;
  private final SessionMode mode;
  private final VenueStream stream;
  private final SessionTimers timers;
  private final SessionFaults faults;
  private final TradePump pump;
  private final Queue<ClientFrame> frames = new ConcurrentLinkedQueue<>();
  private int status;
  private volatile @Nullable Thread thread;
  private volatile boolean clientGone;

  SessionLoop(int number, Socket socket, VenueRequest request, Stage stage) throws IOException {
    this.stage = stage;
    // Before the stream is made: what the address subscribes begins here or later.
    int place = stage.market().size();
    SplittableRandom random = new SplittableRandom(stage.script().seed() * 31 + number);
    FrameWriter out = new FrameWriter(socket.getOutputStream(), stage.script().wire(), random);
    this.session = new Session(number, request, stage, out);
    this.stream = stage.dialect().stream(session);
    this.mode = new SessionMode(out, socket);
    this.timers = new SessionTimers(stage.script().life(), session, mode, stream);
    this.faults = new SessionFaults(stage, session, mode, timers);
    this.pump = new TradePump(session, stream, place, faults::add);
    this.status = stage.market().statusChanges();
  }

  /// Runs until the connection has ended.
  void run(InputStream in) {
    thread = Thread.currentThread();
    Thread.ofVirtual()
        .name("venue-read-" + session.number())
        .start(() -> listen(new FrameReader(in)));
    try {
      open();
      while (!mode.isOver() && !clientGone) {
        if (!step()) {
          LockSupport.parkNanos(this, Math.min(timers.nanosLeft(System.nanoTime()), LONGEST_WAIT));
        }
      }
    } catch (IOException _) {
      // the connection has gone: by the client, or by one of the venue's faults
    }
    mode.end();
    stage
        .log()
        .add(new VenueLog.Ending(session.number(), stage.clock().now(), !mode.isEndedByVenue()));
  }

  void wake() {
    LockSupport.unpark(thread);
  }

  void suffer(Fault fault) {
    faults.add(fault);
    wake();
  }

  /// Resets the connection, even while its thread waits for the client to read.
  void abort() {
    mode.cut();
    wake();
  }

  private void open() throws IOException {
    boolean subscribes = stage.dialect().subscribesByAddress(session.request());
    if (subscribes && stage.closesByPolicy()) {
      faults.add(Fault.close(1008, "Policy violation"));
    }
    if (faults.isEmpty()) {
      stream.opened();
    }
  }

  /// Does what there is to do; returns whether there may be more at once.
  private boolean step() throws IOException {
    for (ClientFrame frame = frames.poll(); frame != null; frame = frames.poll()) {
      if (mode.isPonging() || frame.kind() == VenueLog.Kind.CLOSE) {
        hear(frame);
      }
    }
    faults.suffer();
    timers.ring(System.nanoTime());
    if (mode.isTalking() && status != stage.market().statusChanges()) {
      status = stage.market().statusChanges();
      stream.statusChanged();
    }
    boolean more = mode.isTalking() && pump.send();
    if (!more) {
      mode.flush();
    }
    return more || !faults.isEmpty();
  }

  private void hear(ClientFrame frame) throws IOException {
    if (frame.kind() == VenueLog.Kind.CLOSE) {
      mode.closedByClient();
    } else if (!timers.isTooMany(stage.clock().now())) {
      switch (frame.kind()) {
        case PING -> mode.pong(frame.payload());
        case PONG -> timers.pong(frame.text());
        case TEXT -> hear(frame.text());
        case OTHER, CLOSE -> mode.close(1003, "Text only");
      }
    }
  }

  private void hear(String text) throws IOException {
    if (mode.isTalking() && stage.closesByPolicy()) {
      mode.close(1008, "Policy violation");
    } else if (mode.isTalking()) {
      stream.heard(text);
    }
  }

  private void listen(FrameReader in) {
    try {
      while (true) {
        ClientFrame frame = in.next();
        stage
            .log()
            .add(
                new VenueLog.Message(
                    session.number(), stage.clock().now(), frame.kind(), frame.text()));
        frames.add(frame);
        wake();
      }
    } catch (IOException _) {
      clientGone = true;
      wake();
    }
  }
}
