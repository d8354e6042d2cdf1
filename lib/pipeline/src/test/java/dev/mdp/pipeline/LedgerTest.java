package dev.mdp.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.ledger.Outcome;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LedgerTest {
  @Test
  void accountsOfAMillionProvidersAreBoundedAndTheirSumIsExact() {
    Ledger ledger = new Ledger();

    for (int i = 0; i < 10_000; i++) {
      ledger.count("p" + i, Outcome.OPEN);
      ledger.count("p" + i, Outcome.DUPLICATE);
      ledger.emitted("p" + i, 1);
    }

    LedgerCounts counts = ledger.snapshot();
    assertThat(counts.byProvider()).hasSize(Ledger.MAX_PROVIDERS + 1).containsKeys("p0", "other");
    assertThat(counts.read()).isEqualTo(20_000);
    assertThat(counts.addsUp()).isTrue();
    assertThat(counts.byProvider().get("other").outcomes())
        .containsEntry(Outcome.AGGREGATED, 9_800L)
        .containsEntry(Outcome.DUPLICATE, 9_800L)
        .containsEntry(Outcome.OPEN, 0L);
  }

  @Test
  void goingOnWithALedgerThatDoesNotAddUpDoesNotHideIt() {
    LedgerCounts wrong =
        new LedgerCounts(
            new TreeMap<>(Map.of("p", new LedgerCounts.Entry(3, Map.of(Outcome.OPEN, 1L)))));

    LedgerCounts counts = Ledger.goOn(wrong).snapshot();

    assertThat(counts.addsUp()).isFalse();
    assertThat(counts.byProvider().get("p").outcomes()).containsEntry(Outcome.AGGREGATED, 1L);
  }

  @Test
  void aNegativeOutcomeDoesNotAddUpWhateverTheSum() {
    Ledger ledger = new Ledger();
    ledger.count("p", Outcome.DUPLICATE);

    ledger.emitted("p", 1);

    assertThat(ledger.snapshot().addsUp()).isFalse();
  }
}
