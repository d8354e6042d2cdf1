package dev.mdp.providers.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Symbol;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SymbolTableTest {
  private final SymbolTable table = new SymbolTable();

  @Test
  void eachOfThousandsIsFoundByItsCharacters() {
    List<Symbol> symbols =
        IntStream.range(0, 5_000).mapToObj(i -> new Symbol("S" + i + "-USD")).toList();
    table.addAll(symbols);
    table.addAll(symbols);

    for (Symbol symbol : symbols) {
      char[] text = ("x" + symbol.value() + "x").toCharArray();
      assertThat(table.get(text, 1, text.length - 2)).isSameAs(symbol);
    }
    assertThat(table.get("S5000-USD".toCharArray(), 0, 9)).isNull();
  }

  @Test
  void textsWithOneHashAreToldApart() {
    table.addAll(List.of(new Symbol("AY"), new Symbol("B:")));

    assertThat("AY").hasSameHashCodeAs("B:");
    assertThat(table.get("AY".toCharArray(), 0, 2)).isEqualTo(new Symbol("AY"));
    assertThat(table.get("B:".toCharArray(), 0, 2)).isEqualTo(new Symbol("B:"));
  }

  @Test
  void aSentenceNamesSymbolsInAnyCaseAndNoPartsOfWords() {
    table.addAll(List.of(new Symbol("BTC/USD"), new Symbol("ETHUSDT"), new Symbol("ETH-USD")));

    assertThat(table.namedIn("Currency pair not supported BTC/USD."))
        .containsExactly(new Symbol("BTC/USD"));
    assertThat(table.namedIn("invalid stream 'ethusdt@trade': no such symbol"))
        .containsExactly(new Symbol("ETHUSDT"));
    assertThat(table.namedIn("XETH-USD is not a valid product")).isEmpty();
    assertThat(table.namedIn("")).isEmpty();
  }
}
