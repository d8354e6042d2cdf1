package dev.mdp.providers.net;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// From the sockets' threads to the feed's, in the order of arrival. What it holds is bounded in
/// bytes; it never makes a socket wait, and says so when it cannot take a message. Thread-safe for
/// many that add and one that takes.
///
/// @param <S> what stands for a connection
final class FrameQueue<S> {
  /// What a message costs besides its characters.
  private static final int OVERHEAD_BYTES = 96;

  private final long limitBytes;
  private final CharBuffers buffers = new CharBuffers();
  private final ArrayDeque<Arrival<S>> arrivals = new ArrayDeque<>();
  private long heldBytes;
  private char @Nullable [] lent;

  FrameQueue(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /// Copies a message into the queue; false when there is no room for it. The caller then ends the
  /// connection, as a message that is left out is a hole.
  synchronized boolean offer(S from, char[] chars, int offset, int length, long receivedMicros) {
    long bytes = cost(CharBuffers.capacity(length));
    if (heldBytes + bytes > limitBytes) {
      return false;
    }
    heldBytes += bytes;
    char[] copy = buffers.take(length);
    System.arraycopy(chars, offset, copy, 0, length);
    arrivals.addLast(new Arrival.Text<>(from, new Frame(copy, length, receivedMicros)));
    return true;
  }

  /// Adds what is no message: there is always room for it, as a connection has only a few.
  synchronized void add(Arrival<S> event) {
    arrivals.addLast(event);
  }

  /// The next one, or null. The characters of a message are good until the next call.
  synchronized @Nullable Arrival<S> take() {
    if (lent != null) {
      heldBytes -= cost(lent.length);
      buffers.give(lent);
      lent = null;
    }
    Arrival<S> next = arrivals.pollFirst();
    if (next instanceof Arrival.Text<S> text) {
      lent = text.frame().chars();
    }
    return next;
  }

  /// How much it holds, the message that was taken last included.
  synchronized long heldBytes() {
    return heldBytes;
  }

  private static long cost(int chars) {
    return OVERHEAD_BYTES + (long) Character.BYTES * chars;
  }
}
