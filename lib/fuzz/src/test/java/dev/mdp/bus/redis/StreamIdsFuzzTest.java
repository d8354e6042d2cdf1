package dev.mdp.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.mdp.core.bus.Position;

/// A text is a position, which is written as it was read, or it is refused as none.
class StreamIdsFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void aTextIsAPositionOrRefused(byte[] data) {
    Position position;
    try {
      position = StreamIds.parse(data);
    } catch (ServerError e) {
      assertThat(e.text()).startsWith(StreamIds.TOO_LARGE);
      return;
    }
    assertThat(Position.parse(position.toString())).isEqualTo(position);
    assertThat(StreamIds.appendMicros(position)).isNotNegative();
    assertThat(StreamIds.justBefore(position)).matches("\\d+-\\d+");
    Position before = StreamIds.predecessor(position);
    assertThat(position.isAfter(before)).isEqualTo(!position.equals(Position.START));
  }
}
