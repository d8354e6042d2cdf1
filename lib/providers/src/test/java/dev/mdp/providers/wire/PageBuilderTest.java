package dev.mdp.providers.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.HistoryPage;
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.TradeMark;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PageBuilderTest {
  private static final long NOW = 1_700_000_000_000_000L;

  private final PageBuilder page = new PageBuilder(new TradeMark(10, 1), new TradeMark(20, 2));

  @Test
  void onlyWhatLiesBetweenIsInItAscendingAndOnce() throws IOException {
    for (long id : new long[] {21, 12, 10, 9, 20, 12, 11}) {
      add(id, "1.5");
    }

    HistoryPage read = page.page(0);

    assertThat(read.trades()).extracting(Tick::seq).containsExactly(11L, 12L);
    assertThat(read.shown()).contains(new IdRange(10, 20));
    assertThat(page.newest()).contains(new TradeMark(21, NOW - 1));
  }

  @Test
  void ofTwoTradesWithOneIdTheSmallerPayloadIsTaken() throws IOException {
    add(12, "2.5");
    add(12, "1.5");

    assertThat(page.page(0).trades()).extracting(Tick::price).containsExactly(1.5);
  }

  @Test
  void whatCannotBeUsedIsShownAllTheSame() throws IOException {
    add(11, "-1");
    add(25, "-1");

    HistoryPage read = page.page(0);

    assertThat(read.trades()).isEmpty();
    assertThat(read.unusable()).hasSize(1);
    assertThat(read.unusable().getFirst().id()).hasValue(11);
    assertThat(read.shown()).contains(new IdRange(11, 20));
  }

  @Test
  void aPageBeyondTheMarksShowsNothing() throws IOException {
    add(30, "1.5");

    assertThat(page.page(30).shown()).isEmpty();
    assertThat(PageBuilder.ofAll().page(0).shown()).isEmpty();
  }

  @Test
  void aTradeWithoutAnIdSpoilsThePage() {
    assertThatThrownBy(() -> add(-1, "1.5"))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("has no id, '1.5'");
  }

  private void add(long id, String price) throws IOException {
    TradeDraft trade = new TradeDraft("p", new SymbolTable());
    trade.begin(new Symbol("X"));
    trade.time(NOW - 1);
    char[] text = ("[" + id + "," + price + "]").toCharArray();
    try (JsonParser parser = VenueJson.open(text, text.length)) {
      parser.nextToken();
      trade.id(parser);
      parser.nextToken();
      trade.price(parser);
      trade.size(parser);
    }
    char[] raw = price.toCharArray();
    page.add(trade, raw, 0, raw.length, NOW);
  }
}
