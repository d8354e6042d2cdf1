package dev.mdp.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mdp.bus.codec.EventCodec;
import dev.mdp.bus.codec.Rejection;
import dev.mdp.bus.codec.SignalCodec;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.LogEntry;
import dev.mdp.core.bus.Position;
import dev.mdp.core.event.MarketEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Whatever an entry holds, its line moves no cursor and its JSON is one line that parses.
class TailFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @FuzzTest(maxDuration = "10m")
  void noControlCharacterReachesTheOutput(byte[] data) {
    TailRow row = row(data);

    String line = row.line();
    String json = row.json();

    assertThat(line.codePoints()).noneMatch(TailFuzzTest::movesTheCursor);
    assertThat(json.codePoints()).noneMatch(Character::isISOControl);
    assertThatCode(() -> JSON.readTree(json)).doesNotThrowAnyException();
  }

  private static boolean movesTheCursor(int c) {
    return Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT
        || Character.getType(c) == Character.LINE_SEPARATOR
        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
  }

  private static TailRow row(byte[] data) {
    String field = new String(data, 0, data.length / 8, StandardCharsets.UTF_8);
    Position position = new Position(1_760_000_000_000L, 0);
    EventCodec codec = new EventCodec();
    MarketEvent event = codec.decode(data);
    Rejection why = codec.rejection();
    Delivery delivery =
        event != null
            ? new Delivery.Decoded(0, position, 0, false, event)
            : new Delivery.Malformed(
                0, position, 0, false, why.provider(), why.reason(), why.detail(), data);
    return new TailRow(
        new LogEntry(0, position, 0, data, Map.of("header_" + field, field)),
        delivery,
        new SignalCodec().decode(data));
  }
}
