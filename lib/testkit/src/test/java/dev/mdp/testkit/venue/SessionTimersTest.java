package dev.mdp.testkit.venue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A connection that waits for what is due and never done would keep a processor busy for ever.
class SessionTimersTest {
  private static final long HOUR = 3_600_000_000_000L;

  private final VenueScript script =
      VenueScript.calm()
          .life(life ->
              life.heartbeats(Duration.ofSeconds(1))
                  .pings(Duration.ofSeconds(1))
                  .pongWithin(Duration.ofSeconds(2))
                  .subscribeWithin(Duration.ofSeconds(5))
                  .maxAge(Duration.ofMinutes(1), Duration.ofSeconds(10)));
  private final FrameWriter out =
      new FrameWriter(new ByteArrayOutputStream(), script.wire(), new SplittableRandom(1));
  private final SessionMode mode = new SessionMode(out, new Socket());
  private final SessionTimers timers = timers();

  private SessionTimers timers() {
    Stage stage =
        Stage.of(
            new CoinbaseDialect(),
            Tape.seeded(1).symbol("BTC-USD", 1).build(),
            script,
            new VenueClock(Duration.ZERO),
            new VenueLog(),
            () -> {});
    Session session = new Session(1, new VenueRequest("GET", "/", Map.of()), stage, out);
    return new SessionTimers(script.life(), session, mode, new CoinbaseStream(session));
  }

  @Test
  void whatAMuteConnectionDoesNotDoIsNotWaitedFor() throws Exception {
    mode.mute();
    long later = System.nanoTime() + 1_500_000_000L;
    timers.ring(later); // pings, which continue

    assertThat(timers.nanosLeft(later)).isEqualTo(1_000_000_000L);
  }

  @Test
  void aFrozenConnectionWaitsForNothing() throws Exception {
    mode.freeze();
    long later = System.nanoTime() + HOUR;
    timers.ring(later);

    assertThat(timers.nanosLeft(later)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aConnectionThatIsBeingClosedWaitsForItsClient() throws Exception {
    mode.close(1001, "Going away");
    long now = System.nanoTime();

    assertThat(timers.nanosLeft(now)).isBetween(1L, 1_000_000_000L);
  }
}
