package dev.mdp.providers.net;

import static dev.mdp.providers.net.FeedRig.A;
import static dev.mdp.providers.net.FeedRig.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.feed.FeedNotice.Cause;
import dev.mdp.core.feed.FeedNotice.Connected;
import dev.mdp.core.feed.FeedNotice.Disconnected;
import dev.mdp.core.feed.FeedNotice.Live;
import dev.mdp.core.feed.FeedNotice.NotLive;
import dev.mdp.testkit.feed.FeedLog;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
  private final Announcements said = new Announcements();
  private final FeedLog log = new FeedLog();

  @Test
  void whatIsThrownWaitsForACallWithNothingBeforeIt() {
    said.connected(1);
    said.failure(new ConfigException("mend it"));
    said.connected(2);

    assertThat(said.handOn(log, 0)).isEqualTo(1);
    assertThat(said.handOn(log, 5)).isZero();
    assertThatThrownBy(() -> said.handOn(log, 0)).hasMessage("mend it");
    assertThat(said.handOn(log, 0)).isZero();
  }

  @Test
  void severalConnectionsAreOneToTheCaller() {
    said.connected(1);
    said.connected(2);
    said.disconnected(3, Cause.SILENT, "x", List.of(), false);
    said.disconnected(4, Cause.CLOSED, "y", List.of(), false);
    said.handOn(log, 0);

    assertThat(log.notices())
        .containsExactly(new Connected(1), new Disconnected(4, Cause.CLOSED, "y"));
  }

  @Test
  void theLastConnectionIsNeverReplaced() {
    said.connected(1);
    said.disconnected(2, Cause.PLANNED, "replaced", List.of(), true);
    said.handOn(log, 0);

    assertThat(log.notices()).endsWith(new Disconnected(2, Cause.CLOSED, "replaced"));
  }

  @Test
  void whatIsLiveIsSaidOnce() {
    said.want(Set.of(A));
    said.live(A, 1);
    said.live(A, 2);
    said.live(B, 3);
    said.notLive(A, 4, "gone");
    said.notLive(A, 5, "gone");
    said.handOn(log, 0);

    assertThat(log.notices()).containsExactly(new Live(A, 1), new NotLive(A, 4, "gone"));
  }
}
