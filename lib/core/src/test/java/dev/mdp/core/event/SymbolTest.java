package dev.mdp.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolTest {
  private static final String REFUSED = "|\\\"',;<>`";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SPY",
        "^VIX",
        ".DJI",
        "/ES",
        "$SPX",
        "BRK B",
        "BRK.B",
        "SPY 251219C00600000",
        "币安人生USDT",
        "005930.KS",
        "GC=F",
        "@NQ#",
        "A&B",
        "(X)",
        "{X}",
        "*",
        "~",
        "-X",
        "コカコラ",
        "𠮷野家",
        "1"
      })
  void namesOfInstrumentsAreSymbols(String text) {
    assertThat(Symbol.of(text).value()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "spy, SPY",
    "brk b, BRK B",
    "SPY   251219C00600000, SPY 251219C00600000",
    "brkb  251219p00600000, BRKB 251219P00600000",
    "币安人生usdt, 币安人生USDT",
    "i, I"
  })
  void asciiIsUpperCasedAndSpacesInARowAreOne(String text, String canonical) {
    assertThat(Symbol.of(text).value()).isEqualTo(canonical);
    assertThat(Symbol.of(canonical)).isEqualTo(Symbol.of(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "'' # it has 0",
        "' ' # remove the space around it",
        "' SPY' # remove the space around it",
        "'SPY ' # remove the space around it",
        "S|PY # it has a |",
        "A,B # it has a ,",
        "A<B # it has a <",
        "ıbm # it has a ı",
        "ſpy # it has a ſ",
        "Österreich # it has a Ö",
        "été # it has a é",
        "ΑΒΓ # it has a Α",
        "BTC😀 # the character U+1F600",
        "クー # it has a ー"
      })
  void whatIsNoSymbolIsRefusedWithTheCharacter(String text, String remedy) {
    assertThatThrownBy(() -> Symbol.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a symbol: '")
        .hasMessageEndingWith(remedy);
  }

  @Test
  void aControlCharacterIsShownByItsNumber() {
    assertThatThrownBy(() -> Symbol.of("S\u001bPY")).hasMessageEndingWith("character U+001B");
    assertThatThrownBy(() -> Symbol.of("S\tPY")).hasMessageEndingWith("character U+0009");
    assertThatThrownBy(() -> Symbol.of("S\u00a0PY")).hasMessageEndingWith("character U+00A0");
    assertThatThrownBy(() -> Symbol.of("S\ud800")).hasMessageEndingWith("character U+D800");
  }

  @Test
  void theLengthIsCountedInCharacters() {
    assertThat(Symbol.of("A".repeat(64)).value()).hasSize(64);
    assertThat(Symbol.of("𠮷".repeat(64)).value()).hasSize(128);
    assertThat(Symbol.of("A" + " ".repeat(200) + "B").value()).isEqualTo("A B");
    assertThatThrownBy(() -> Symbol.of("A".repeat(65))).hasMessageEndingWith("it has 65");
  }

  @Test
  void exactlyTheGraphicAsciiAndTheLettersWithoutCaseAreAllowed() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      boolean ascii = c > ' ' && c < 0x7f && REFUSED.indexOf(c) < 0 && (c < 'a' || c > 'z');
      boolean allowed = ascii || (c > 0x7f && Character.getType(c) == Character.OTHER_LETTER);
      assertThat(Symbol.isCanonical(Character.toString(c))).as("U+%04X", c).isEqualTo(allowed);
    }
  }

  /// So that PostgreSQL, under whatever collation, has nothing to change in one.
  @Test
  void noCharacterOfASymbolHasAnotherCase() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String text = Character.toString(c);
      if (Symbol.isCanonical(text)) {
        assertThat(text.toUpperCase(Locale.ROOT)).as("U+%04X", c).isEqualTo(text);
        if (c >= 0x80) {
          assertThat(text.toLowerCase(Locale.ROOT)).as("U+%04X", c).isEqualTo(text);
        }
      }
    }
  }

  @Test
  void theOrderIsThatOfTheUtf8Bytes() {
    int[] letters =
        IntStream.of('A', ' ', '_', 0x4e00, 0xac00, 0xf900, 0xff71, 0x20bb7, 0x10000, 0x2f800)
            .toArray();
    SplittableRandom random = new SplittableRandom(29);
    for (int i = 0; i < 20_000; i++) {
      Symbol left = random(random, letters);
      Symbol right = random(random, letters);
      int expected = Arrays.compareUnsigned(bytes(left), bytes(right));
      assertThat(Integer.signum(left.compareTo(right)))
          .as("%s and %s", left, right)
          .isEqualTo(Integer.signum(expected));
    }
  }

  private static Symbol random(SplittableRandom random, int[] letters) {
    StringBuilder text = new StringBuilder("X");
    for (int i = random.nextInt(4); i > 0; i--) {
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return Symbol.of(text.append('X').toString());
  }

  private static byte[] bytes(Symbol symbol) {
    return symbol.value().getBytes(StandardCharsets.UTF_8);
  }
}
