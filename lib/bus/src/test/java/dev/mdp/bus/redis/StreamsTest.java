package dev.mdp.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.Position;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.metrics.BusMetrics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StreamsTest {
  @Test
  void aTopicWithOneShardIsItsStream() {
    assertThat(new StreamNames("mdp.events", 1).name("mdp.events", 0)).isEqualTo("mdp.events");
    StreamNames four = new StreamNames("mdp.events", 4);
    assertThat(four.name("mdp.events", 3)).isEqualTo("mdp.events.3");
    assertThat(four.name("mdp.signals", 0)).isEqualTo("mdp.signals");
    assertThat(four.name(StreamNames.deadLetters("mdp.events"), 0)).isEqualTo("mdp.events.dlq");
    assertThatThrownBy(() -> four.name("mdp.events", 4)).hasMessageContaining("unknown shard 4");
  }

  @Test
  void theIdBeforeAPositionLeavesNothingBetween() {
    assertThat(StreamIds.justBefore(new Position(5, 3))).isEqualTo("5-2");
    assertThat(StreamIds.justBefore(new Position(5, 0))).isEqualTo("4-18446744073709551615");
    assertThat(StreamIds.justBefore(Position.START)).isEqualTo("0-0");
    assertThat(StreamIds.predecessor(new Position(5, 0))).isLessThan(new Position(5, 0));
    assertThat(StreamIds.predecessor(Position.START)).isEqualTo(Position.START);
  }

  @Test
  void anIdBeyond63BitsIsAnErrorAndNoWrongPosition() {
    EntriesOutput output = new EntriesOutput(new EntryBatch(), EntriesOutput.PLAIN, 0);
    output.multi(1);
    output.multi(2);
    output.set(ascii("18446744073709551615-1"));

    assertThat(output.hasError()).isTrue();
    assertThat(output.getError()).contains("18446744073709551615-1");
  }

  @Test
  void ofADataFieldThatIsTooLongOnlyEnoughIsKeptToTellSo() {
    EntryBatch batch = new EntryBatch();
    EntriesOutput output = new EntriesOutput(batch, EntriesOutput.PLAIN, 0);
    output.multi(1);
    output.multi(2);
    output.set(ascii("5-1"));
    output.complete(2);
    output.multi(2);
    output.set(ascii("data"));
    output.complete(3);
    output.set(ByteBuffer.wrap(new byte[1_000_000]));
    output.complete(3);
    output.complete(2);
    output.complete(1);

    assertThat(batch.count()).isEqualTo(1);
    assertThat(batch.copyOf(0)).hasSize(EntryBatch.BEGINNING);
    assertThat(new EntryDecoder(1, BusMetrics.NONE).decode(batch, 0, false))
        .isInstanceOfSatisfying(
            dev.mdp.core.bus.Delivery.Malformed.class,
            malformed -> assertThat(malformed.detail()).contains("longer than 65536 bytes"));
  }

  @Test
  void errorRepliesBecomeOurCategories() {
    RedisAddress address = RedisAddress.parse("redis://:hunter2@h:1");
    for (String passing :
        new String[] {"OOM x", "LOADING x", "READONLY x", "MISCONF x", "MASTERDOWN x", "BUSY x"}) {
      assertThat(RedisErrors.translate(address, new ServerError(passing)))
          .as(passing)
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("h:1")
          .hasMessageContaining(passing);
    }
    for (String wrong :
        new String[] {
          "WRONGPASS x", "NOAUTH x", "NOPERM x", "WRONGTYPE x", "ERR unknown command"
        }) {
      assertThat(RedisErrors.translate(address, new ServerError(wrong)))
          .as(wrong)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("h:1");
    }
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
