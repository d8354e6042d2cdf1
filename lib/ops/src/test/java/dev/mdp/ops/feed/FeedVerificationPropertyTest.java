package dev.mdp.ops.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.calendar.Calendars;
import dev.mdp.core.calendar.TradingCalendar;
import dev.mdp.core.feed.IdRange;
import dev.mdp.testkit.property.Choices;
import dev.mdp.testkit.property.Property;
import dev.mdp.testkit.store.FeedHistory;
import dev.mdp.testkit.store.InMemoryFeedLook;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Whatever the tables have: each id and each second has the word that looking at it alone gives.
final class FeedVerificationPropertyTest {
  @Test
  void eachIdAndEachSecondHasItsWordAndTheSumsAddUp() {
    Property.check(1_000, FeedVerificationPropertyTest::wordsAreRight);
  }

  private static void wordsAreRight(Choices choices) {
    FeedHistory history = choices.show("history", FeedHistory.random(choices));
    Optional<TradingCalendar> calendar =
        choices.onceIn(3) ? Calendars.builtIn().find("XNYS") : Optional.empty();
    WordByWord oracle = new WordByWord(history, calendar);
    List<MissingIds> missing = new ArrayList<>();
    List<SeriesProof> proofs = new ArrayList<>();

    new FeedVerification(new InMemoryFeedLook(history), calendar, missing::add).run(proofs::add);

    SeriesProof proof = proofs.getFirst();
    assertThat(byId(missing)).isEqualTo(oracle.missing);
    assertThat(seconds(proof.time())).isEqualTo(oracle.seconds());
    assertThat(proof.time().addsUp()).isTrue();
    assertThat(proof.ids().addsUp()).isTrue();
    assertThat(proof.ids().missing()).isEqualTo(oracle.missing.size());
    if (proof.series().isProvable()) {
      assertThat(proof.ids().ids().map(IdRange::size).orElse(0L))
          .isEqualTo(proof.ids().stored() + oracle.missing.size());
    }
  }

  private static Map<Long, IdWord> byId(List<MissingIds> missing) {
    Map<Long, IdWord> words = new TreeMap<>();
    for (MissingIds each : missing) {
      for (long id = each.ids().first(); id <= each.ids().last(); id++) {
        assertThat(words.put(id, each.word())).as("id %d is named once", id).isNull();
      }
    }
    return words;
  }

  private static Map<TimeWord, Long> seconds(TimeLedger ledger) {
    Map<TimeWord, Long> words = new EnumMap<>(TimeWord.class);
    for (TimeWord word : TimeWord.values()) {
      if (ledger.of(word) > 0) {
        words.put(word, ledger.of(word));
      }
    }
    return words;
  }
}
