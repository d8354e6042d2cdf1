package dev.mdp.providers.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.mdp.core.feed.FeedNotice.Cause;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameQueueTest {
  private static final int EACH = 96 + 2 * 128;

  private final FrameQueue<String> queue = new FrameQueue<>(10L * EACH);

  @Test
  void givesWhatCameInItsOrder() {
    offer(queue, "x", "one");
    queue.add(new Arrival.Garbled<>("y", "binary"));
    offer(queue, "y", "two");
    queue.add(new Arrival.Ended<>("x", Cause.CLOSED, "gone"));

    assertThat(text(queue.take())).isEqualTo("x one");
    assertThat(queue.take()).isEqualTo(new Arrival.Garbled<>("y", "binary"));
    assertThat(text(queue.take())).isEqualTo("y two");
    assertThat(queue.take()).isEqualTo(new Arrival.Ended<>("x", Cause.CLOSED, "gone"));
    assertThat(queue.take()).isNull();
  }

  @Test
  void keepsOnlyThePartOfTheBufferThatIsTheMessage() {
    queue.offer("x", "abcdef".toCharArray(), 2, 3, 77);

    Arrival.Text<String> text = (Arrival.Text<String>) queue.take();

    assertThat(text.frame().toString()).isEqualTo("cde");
    assertThat(text.frame().receivedMicros()).isEqualTo(77);
  }

  @Test
  void takesNoMoreThanItsBytes() {
    for (int i = 0; i < 10; i++) {
      assertThat(offer(queue, "x", "m" + i)).isTrue();
    }

    assertThat(offer(queue, "x", "")).isFalse();
    assertThat(queue.heldBytes()).isEqualTo(10L * EACH);
  }

  @Test
  void hasRoomAgainOnceAMessageIsNotReadAnyMore() {
    for (int i = 0; i < 10; i++) {
      offer(queue, "x", "m" + i);
    }

    assertThat(text(queue.take())).isEqualTo("x m0");
    assertThat(offer(queue, "x", "too early: m0 is still being read")).isFalse();
    assertThat(text(queue.take())).isEqualTo("x m1");
    assertThat(offer(queue, "x", "fits")).isTrue();
    for (int i = 2; i < 10; i++) {
      assertThat(text(queue.take())).isEqualTo("x m" + i);
    }
    assertThat(text(queue.take())).isEqualTo("x fits");
    assertThat(queue.take()).isNull();
    assertThat(queue.heldBytes()).isZero();
  }

  @Test
  void alwaysHasRoomForTheEnd() {
    for (int i = 0; i < 10; i++) {
      offer(queue, "x", "m" + i);
    }

    queue.add(new Arrival.Ended<>("x", Cause.OVERFLOW, "full"));

    for (int i = 0; i < 10; i++) {
      assertThat(queue.take()).isInstanceOf(Arrival.Text.class);
    }
    assertThat(queue.take()).isEqualTo(new Arrival.Ended<>("x", Cause.OVERFLOW, "full"));
  }

  @Test
  void usesItsBuffersAgain() {
    FrameQueue<String> large = new FrameQueue<>(1 << 20);
    Map<char[], Boolean> buffers = new IdentityHashMap<>();
    for (int i = 0; i < 10_000; i++) {
      offer(large, "x", "message " + i);
      offer(large, "x", "m".repeat(700));
      buffers.put(((Arrival.Text<String>) large.take()).frame().chars(), true);
      buffers.put(((Arrival.Text<String>) large.take()).frame().chars(), true);
    }

    assertThat(buffers).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void carriesMessagesOfEverySize() {
    FrameQueue<String> large = new FrameQueue<>(32L << 20);
    for (int length : new int[] {0, 1, 127, 128, 129, 65_535, 65_536, 65_537, 1_000_003, 8 << 20}) {
      char[] chars = new char[length];
      Arrays.fill(chars, 'x');
      assertThat(large.offer("x", chars, 0, length, 1)).isTrue();

      Frame frame = ((Arrival.Text<String>) large.take()).frame();

      assertThat(frame.length()).isEqualTo(length);
      assertThat(Arrays.mismatch(frame.chars(), 0, length, chars, 0, length)).isEqualTo(-1);
    }
  }

  @Test
  void losesNothingBetweenTwoThreads() throws InterruptedException {
    int messages = 50_000;
    FrameQueue<String> shared = new FrameQueue<>(1 << 20);
    Thread socket =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; i < messages; i++) {
                while (!offer(shared, "x", "message " + i)) {
                  Thread.onSpinWait();
                }
              }
            });

    for (int i = 0; i < messages; ) {
      Arrival<String> next = shared.take();
      if (next == null) {
        Thread.onSpinWait();
      } else {
        if (!text(next).equals("x message " + i)) {
          fail("instead of message " + i + ": " + text(next));
        }
        i++;
      }
    }

    socket.join();
    assertThat(shared.take()).isNull();
  }

  private static boolean offer(FrameQueue<String> queue, String from, String text) {
    return queue.offer(from, text.toCharArray(), 0, text.length(), 1);
  }

  private static String text(Arrival<String> arrival) {
    return arrival.from() + " " + ((Arrival.Text<String>) arrival).frame();
  }
}
