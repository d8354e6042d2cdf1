package dev.mdp.bus.redis;

import static dev.mdp.testkit.bus.BusEvents.events;
import static dev.mdp.testkit.bus.BusEvents.read;
import static dev.mdp.testkit.bus.BusEvents.ticks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.Position;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.testkit.bus.CompetingContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisGroupIT extends CompetingContract {
  private int shards = 1;

  @Override
  protected EventBus open(String topic, int shards) {
    this.shards = shards;
    return new RedisBus(RedisSettings.of(SharedRedis.uri(), topic, shards), new CountingMetrics());
  }

  @Override
  protected void appendRaw(String topic, int shard, Map<String, String> fields) {
    SharedRedis.append(
        SharedRedis.uri(), new StreamNames(topic, shards).name(topic, shard), fields);
  }

  @Test
  void whatWasGivenBeforeAMoveIsNotAcknowledgedAfterIt() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 100));
    try (CompetingSubscription mover = bus.openCompeting(topic, GROUP, "mover");
        CompetingSubscription other = bus.openCompeting(topic, GROUP, "other")) {
      List<Delivery> given = read(other, 100);
      Position before = given.getFirst().position();
      other.ack(given.subList(0, 50));
      assertThat(mover.generation(0)).isEmpty();

      String moved = mover.moveTo(0, before).orElseThrow();
      other.ack(given.subList(50, 100));

      assertThat(other.takeRevoked()).containsExactly(0);
      assertThat(other.takeRevoked()).isEmpty();
      assertThat(other.generation(0)).isEqualTo(moved).isEqualTo(mover.generation(0));
      assertThat(mover.lowWater(0)).isEqualTo(before);
      List<Delivery> again = read(other, 99);
      assertThat(events(again)).containsExactlyInAnyOrderElementsOf(ticks("SPY", 1, 100));
      other.ack(again);
      other.ack(read(other, 50)); // what was pending was given again as such, and comes once more
      assertThat(mover.lowWater(0)).isEqualTo(given.getLast().position());
    }
  }

  @Test
  void aMemberThatDoesNotKnowTheLastMoveCannotMoveTheGroup() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 10));
    try (CompetingSubscription first = bus.openCompeting(topic, GROUP, "first");
        CompetingSubscription second = bus.openCompeting(topic, GROUP, "second")) {
      List<Delivery> given = read(first, 10);
      first.ack(given);
      assertThat(first.moveTo(0, given.get(2).position())).isPresent();

      assertThat(second.moveTo(0, given.getLast().position())).isEmpty();
      assertThat(second.lowWater(0)).isEqualTo(given.get(2).position());

      assertThat(second.generation(0)).isNotEmpty();
      assertThat(second.moveTo(0, given.get(5).position())).isPresent();
      assertThat(first.lowWater(0)).isEqualTo(given.get(5).position());
    }
  }

  @Test
  void aMoveIsSeenAlsoByWhoFindsTheGroupDestroyed() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 10));
    try (CompetingSubscription mover = bus.openCompeting(topic, GROUP, "mover");
        CompetingSubscription other = bus.openCompeting(topic, GROUP, "other")) {
      List<Delivery> given = read(other, 10);
      SharedRedis.run(SharedRedis.uri(), redis -> redis.xgroupDestroy(topic, GROUP));
      assertThatThrownBy(() -> mover.lowWater(0)).isInstanceOf(UnavailableException.class);
      assertThat(mover.moveTo(0, given.get(4).position())).isPresent();
      SharedRedis.run(SharedRedis.uri(), redis -> redis.xgroupDestroy(topic, GROUP));

      assertThatThrownBy(() -> other.lowWater(0)).isInstanceOf(UnavailableException.class);

      assertThat(other.takeRevoked()).containsExactly(0);
    }
  }

  @Test
  void aConsumerIsLeftBehindOnlyWithWhatItStillHolds() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 10));
    try (CompetingSubscription tidy = bus.openCompeting(topic, GROUP, "tidy")) {
      tidy.ack(read(tidy, 5));
    }
    assertThat(consumers(bus)).isZero();

    try (CompetingSubscription holding = bus.openCompeting(topic, GROUP, "holding")) {
      assertThat(read(holding, 5)).hasSize(5);
    }

    assertThat(consumers(bus)).isOne();
    assertThat(bus.inspector().groups(topic).getFirst().pending()).isEqualTo(5);
  }

  private long consumers(EventBus bus) {
    return bus.inspector().groups(topic).getFirst().consumers();
  }
}
