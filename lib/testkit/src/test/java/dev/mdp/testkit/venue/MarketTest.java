package dev.mdp.testkit.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarketTest {
  private long now = 100;
  private int changes;
  private final Tape tape = Tape.seeded(1).symbol("A", 100).symbol("B", 50).build();
  private final Market market = new Market(tape, () -> now, () -> changes++);

  @Test
  void releasesASymbolUpToAnId() {
    market.release("A", 30);
    market.release("A", 20);

    assertThat(market.size()).isEqualTo(30);
    assertThat(market.head("A")).isEqualTo(30);
    assertThat(market.head("B")).isZero();
    assertThat(changes).isEqualTo(2);
  }

  @Test
  void orderOfTimeGoesOnAfterASymbolWasAhead() {
    market.release("B", 40);
    market.releaseNext(20);

    assertThat(market.size()).isEqualTo(60);
    market.releaseAll();
    assertThat(market.size()).isEqualTo(150);
    assertThat(sequence("A")).isEqualTo(ids(100));
    assertThat(sequence("B")).isEqualTo(ids(50));
  }

  @Test
  void nothingOfAHaltedSymbolIsReleasedUntilItTradesAgain() {
    market.release("A", 10);
    market.becomes("A", Listing.Status.HALTED);
    market.release("A", 20);
    market.releaseNext(1_000);
    assertThat(market.head("A")).isEqualTo(10);
    assertThat(market.head("B")).isEqualTo(50);

    market.becomes("A", Listing.Status.ONLINE);
    market.releaseAll();

    assertThat(sequence("A")).isEqualTo(ids(100));
  }

  @Test
  void symbolThatIsGoneIsUnknown() {
    market.becomes("A", Listing.Status.GONE);

    assertThat(market.listing("A")).isEmpty();
    assertThat(market.listed()).extracting(Listing::symbol).containsExactly("B");
    assertThatThrownBy(() -> market.release("C", 1)).hasMessageContaining("no symbol 'C'");
  }

  @Test
  void knowsWhatWasReleasedAtATime() {
    market.release("A", 10);
    now = 200;
    market.release("A", 25);
    Listing listing = market.listing("A").orElseThrow();

    assertThat(market.releasedBy(listing, 99)).isZero();
    assertThat(market.releasedBy(listing, 100)).isEqualTo(10);
    assertThat(market.releasedBy(listing, 199)).isEqualTo(10);
    assertThat(market.releasedBy(listing, 200)).isEqualTo(25);
    assertThat(market.released(listing)).isEqualTo(25);
  }

  private List<Long> sequence(String symbol) {
    List<Long> ids = new ArrayList<>();
    Slice slice = new Slice(7);
    int place = 0;
    do {
      market.read(place, slice);
      place += slice.size();
      for (int i = 0; i < slice.size(); i++) {
        if (slice.listing(i).symbol().equals(symbol)) {
          ids.add(slice.listing(i).series().id(slice.index(i)));
        }
      }
    } while (slice.size() > 0);
    return ids;
  }

  private static List<Long> ids(int last) {
    return java.util.stream.LongStream.rangeClosed(1, last).boxed().toList();
  }
}
