package dev.mdp.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
  private static final List<String> KNOWN = List.of("spy", "frames", "xrpeth", "x");

  @ParameterizedTest
  @CsvSource({"syp, spy", "spyy, spy", "sp, spy", "fram, frames", "FRAMSE, frames", "xrp, xrpeth"})
  void findsAShortNameTooWithLettersSwappedOrItsEndMissing(String word, String near) {
    assertThat(Suggestions.nearest(word, KNOWN)).contains(near);
  }

  @ParameterizedTest
  @CsvSource({"y", "qqq", "frost", "abc"})
  void doesNotGuessWhereNothingIsAlike(String word) {
    assertThat(Suggestions.nearest(word, KNOWN)).isEmpty();
  }
}
