package dev.mdp.providers.synthetic;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.event.Symbol;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyntheticSettingsTest {
  private static final Symbol SPY = new Symbol("SPY");

  @Test
  void tellsAllProblemsAtOnce() {
    assertThatThrownBy(() ->
            new SyntheticSettings(
                "a|b", "la ne", List.of(SPY, SPY), -5, Double.NaN, 0, 0, new Pace.WallClock()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            """
            provider: not a provider name: 'a|b'
            lane: not a lane name: 'la ne'
            symbols: SPY is there twice
            tick_rate: must be from 0.000001 to 1000000 ticks per second, was -5.0
            price_volatility: must be from 0 to 10 (standard deviation of the log return over a day), was NaN
            limit: must be positive, was 0\
            """);
  }

  @Test
  void refusesNoSymbols() {
    assertThatThrownBy(() -> SyntheticSettings.live(Collections.emptyList(), 1, 0.02, 0))
        .hasMessage("symbols: at least one is needed, for example [SPY]");
  }

  @Test
  void refusesRatesThatCannotBeKept() {
    assertThatThrownBy(() -> SyntheticSettings.live(List.of(SPY), 0.000_000_1, 0.02, 0))
        .hasMessage("tick_rate: must be from 0.000001 to 1000000 ticks per second, was 1.0E-7");
    assertThatThrownBy(() -> SyntheticSettings.live(List.of(SPY), 1.234_567_8, 0.02, 0))
        .hasMessage("tick_rate: at most 6 decimals, was 1.2345678");
    List<Symbol> many = IntStream.range(0, 500).mapToObj(i -> new Symbol("S" + i)).toList();
    assertThatThrownBy(() -> SyntheticSettings.live(many, 2_001, 0.02, 0))
        .hasMessage("tick_rate: 2001.0 times 500 symbols is more than 1000000 ticks per second");
  }

  @Test
  void refusesAStartOutsideTheCalendar() {
    assertThatThrownBy(() -> new Pace.AsFastAsAsked(Instant.parse("2200-01-01T00:00:00Z")))
        .hasMessage("start is outside 1900 to 2200: 2200-01-01T00:00:00Z");
  }
}
