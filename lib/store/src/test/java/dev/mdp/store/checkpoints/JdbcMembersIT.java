package dev.mdp.store.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.ClaimRequest;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.checkpoint.Members;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.RecordingMetrics;
import dev.mdp.store.Samples;
import dev.mdp.store.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who lives, who owns how much, and who takes a shard over.
class JdbcMembersIT {
  private static final Duration LIFE = Duration.ofMinutes(1);
  private static final TestDatabase database = TestDatabase.migrated();
  private PostgresStore store;
  private Members members;

  @AfterAll
  static void dropDatabase() {
    database.close();
  }

  @BeforeEach
  void open() {
    database.execute("TRUNCATE stream_checkpoints, stream_members");
    store = database.store(new RecordingMetrics());
    members = store.members();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void theLivingAreToldWithWhatTheyOwn() {
    beat("a");
    claim("b", 0, false);
    claim("b", 1, false);
    database.execute(
        "INSERT INTO stream_members VALUES ('group', 'topic', 'dead', now() - interval '1 s')");
    database.execute(
        "INSERT INTO stream_members VALUES ('group', 'other', 'elsewhere', now() + interval '1"
            + " h')");

    assertThat(beat("c")).isEqualTo(Map.of("a", 0, "b", 2, "c", 0));
    assertThat(beat("b")).isEqualTo(Map.of("a", 0, "b", 2, "c", 0));
  }

  @Test
  void aLeaseThatRanOutOwnsNothing() {
    claim("b", 0, false);
    database.execute("UPDATE stream_checkpoints SET lease_until = now() - interval '1 s'");

    assertThat(beat("a")).isEqualTo(Map.of("a", 0));
  }

  @Test
  void whoLeavesOrIsLongDeadIsForgotten() {
    beat("a");
    database.execute(
        "INSERT INTO stream_members VALUES ('group', 'topic', 'old', now() - interval '2 h')");

    members.leave("group", "topic", "a");
    assertThat(beat("b")).isEqualTo(Map.of("b", 0));

    assertThat(database.text("SELECT string_agg(member, ',') FROM stream_members")).isEqualTo("b");
  }

  @Test
  void assignedShardIsTakenFromALivingLeaseAndItsOwnerFenced() {
    ClaimResult.Claimed former = (ClaimResult.Claimed) claim("former", 0, false);
    assertThat(claim("heir", 0, false)).isInstanceOf(ClaimResult.Held.class);

    ClaimResult.Claimed heir = (ClaimResult.Claimed) claim("heir", 0, true);

    assertThat(heir.lease().epoch()).isEqualTo(former.lease().epoch() + 1);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> store.checkpoints().leases().renew(former.lease()))
        .isInstanceOf(dev.mdp.core.error.FencedException.class);
  }

  private Map<String, Integer> beat(String member) {
    return members.beat("group", "topic", member, LIFE);
  }

  private ClaimResult claim(String owner, int shard, boolean takeOver) {
    return store
        .checkpoints()
        .leases()
        .claim(
            new ClaimRequest(
                new CheckpointKey("group", "topic", shard),
                owner,
                2,
                List.of(Samples.TWO_SECONDS),
                LIFE,
                0,
                takeOver,
                false));
  }
}
