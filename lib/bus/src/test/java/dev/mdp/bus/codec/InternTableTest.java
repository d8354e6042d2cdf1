package dev.mdp.bus.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InternTableTest {
  private final InternTable<StringBuilder> table =
      new InternTable<>(1 << 10, text -> text.startsWith("!") ? null : new StringBuilder(text));

  @Test
  void givesTheSameValueForTheSameBytesWhereverTheyStand() {
    for (String text :
        List.of("", "A", "SPY", "SEVENTH", "EIGHT-88", "NINE-9999", "A".repeat(32))) {
      StringBuilder first = table.get(text);
      byte[] framed = ("x" + text + "\",\"kind\":\"tick\"").getBytes(StandardCharsets.US_ASCII);

      assertThat(first).hasToString(text);
      assertThat(table.get(framed, 1, text.length())).isSameAs(first);
      assertThat(table.get(text)).isSameAs(first);
    }
  }

  @Test
  void tellsTextsApartThatDifferOnlyInLengthOrZeroBytesOrTheirEnd() {
    List<String> texts =
        List.of("A", "A\0", "\0A", "A\0\0\0\0\0\0\0", "AAAAAAAA", "AAAAAAAAA", "AAAAAAAAB", "");

    for (int round = 0; round < 2; round++) {
      for (String text : texts) {
        assertThat(table.get(text)).hasToString(text);
      }
    }
  }

  @Test
  void refusesWhatIsNotAsciiAndWhatTheMakerRefuses() {
    assertThat(table.get("Ä")).isNull();
    assertThat(table.get("LONG-NAME-Ä")).isNull();
    assertThat(table.get("!no")).isNull();
    assertThat(table.get("\u0080")).isNull();
  }

  @Test
  void moreTextsThanSlotsStillGiveRightValues() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      texts.add((i % 2 == 0 ? "S" : "A-LONGER-NAME-") + i);
    }

    for (int round = 0; round < 2; round++) {
      for (String text : texts) {
        assertThat(table.get(text)).hasToString(text);
      }
    }
  }

  @Test
  void keepsItsValuesWhileItGrows() {
    InternTable<StringBuilder> large = new InternTable<>(1 << 15, StringBuilder::new);
    List<StringBuilder> made = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      made.add(large.get((i % 2 == 0 ? "S" : "A-LONGER-NAME-") + i));
    }

    int kept = 0;
    for (StringBuilder each : made) {
      kept += large.get(each.toString()) == each ? 1 : 0;
    }

    assertThat(kept).isGreaterThan(4_950);
  }
}
