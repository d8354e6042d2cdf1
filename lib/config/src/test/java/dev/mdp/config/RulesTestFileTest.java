package dev.mdp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.core.rule.ExpectedSignal;
import dev.mdp.core.rule.RuleCase;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RulesTestFileTest {
  private static final Interval SECOND = Interval.parse("1s");

  @Test
  void readsTicksInTheOrderOfTheirTime() {
    RulesTest test =
        read(
            """
            version: 1
            rules: mine.yaml
            every: 5s
            features: [ { name: rsi_3 } ]
            cases:
              - name: one
                ticks:
                  - { ts: 2025-10-24T14:00:02Z, symbol: spy, price: 2 }
                  - { ts: "2025-10-24T16:00:01.5+02:00", symbol: SPY, price: 1, size: 3, seq: 7 }
                  - { ts: 2025-10-24T14:00:02Z, symbol: SPY, price: 3, seq: -1 }
                expect:
                  - { ts: 2025-10-24T14:00:05Z, name: up, value: 1, score: 0.5 }
                  - { ts: 2025-10-24T14:00:10Z, symbol: QQQ, name: up }
            """);

    assertThat(test.rules()).contains(Path.of("folder/mine.yaml"));
    assertThat(test.every()).isEqualTo(Interval.parse("5s"));
    assertThat(test.features().orElseThrow())
        .extracting(FeatureSpec::name)
        .containsExactly("rsi_3");
    RuleCase only = test.cases().getFirst();
    assertThat(only.line()).isEqualTo(6);
    assertThat(only.ticks()).extracting(Tick::price).containsExactly(1.0, 3.0, 2.0);
    assertThat(only.ticks().getFirst().size()).isEqualTo(3);
    assertThat(only.ticks().getLast().size()).isNaN();
    ExpectedSignal first = only.expected().getFirst();
    assertThat(first.symbol().value()).isEqualTo("SPY");
    assertThat(first.place()).isEqualTo("folder/t.yaml:12");
    assertThat(first.score()).hasValue(0.5);
    assertThat(only.expected().getLast().value()).isEqualTo(OptionalDouble.empty());
  }

  @Test
  void aBarIsFourTicksOfItsWindow() {
    RulesTest test =
        read(
            """
            cases:
              - name: one
                bars:
                  - { ts: 2025-10-24T14:00:02Z, symbol: SPY, o: 2, h: 4, l: 1, c: 3, v: 8, interval: 1s }
                  - { ts: 2025-10-24T14:00:03Z, symbol: SPY, c: 5 }
                expect: []
            """);

    long start = Micros.parse("2025-10-24T14:00:02Z");
    assertThat(test.cases().getFirst().ticks())
        .extracting(Tick::price)
        .containsExactly(2.0, 4.0, 1.0, 3.0, 5.0, 5.0, 5.0, 5.0);
    assertThat(test.cases().getFirst().ticks().subList(0, 4))
        .extracting(Tick::srcMicros)
        .containsExactly(start, start + 250_000, start + 500_000, start + 999_999);
    assertThat(test.cases().getFirst().ticks().getFirst().size()).isEqualTo(2);
  }

  @Test
  void everyProblemIsToldAtItsPlace() {
    String problems =
        problems(
            """
            cases:
              - name: one
                tiks: []
                ticks:
                  - { ts: yesterday, symbol: SPY, price: 1 }
                  - { ts: 2025-10-24T14:00:02Z, symbol: "S;Y", price: one }
                  - { ts: 2025-10-24T14:00:03Z, symbol: SPY, size: -1 }
                  - { ts: 2025-10-24T14:00:04Z, symbol: SPY, price: 1 }
                  - { ts: 2025-10-24T14:00:04Z, symbol: SPY, price: 2 }
                expect:
                  - { ts: 2025-10-24T14:00:04.5Z, symbol: SPY, name: up }
                  - { ts: 2025-10-24T14:00:05Z, symbol: SPY, nam: up }
                  - { ts: 2025-10-24T14:00:06Z, symbol: SPY, name: up }
                  - { ts: 2025-10-24T14:00:06Z, symbol: SPY, name: up, value: 1 }
              - name: one
                expect: []
              - name: both
                ticks: [ { ts: 2025-10-24T14:00:04Z, symbol: SPY, price: 1 } ]
                bars: [ { ts: 2025-10-24T14:00:04.1Z, symbol: SPY, c: 1, h: 0, interval: 2s, v: -4 } ]
            """);

    assertThat(problems)
        .contains("folder/t.yaml:3:5: unknown key 'tiks' — did you mean 'ticks'?")
        .contains("folder/t.yaml:5:15: cases[0].ticks[0].ts: not an RFC 3339 time")
        .contains("folder/t.yaml:6:45: cases[0].ticks[1].symbol: not a symbol: 'S;Y'")
        .contains("folder/t.yaml:6:59: cases[0].ticks[1].price: want a finite number, was one")
        .contains("cases[0].ticks[2].price: is missing")
        .contains("cases[0].ticks[2].size: must not be negative")
        .contains("folder/t.yaml:9:15: cases[0].ticks[4].ts: line 8 has the same symbol and time")
        .contains("cases[0].expect[0].ts: is not a bound of an evaluation window of 1s")
        .contains("the nearest are 2025-10-24T14:00:04Z and 2025-10-24T14:00:05Z")
        .contains("folder/t.yaml:12:50: unknown key 'nam' — did you mean 'name'?")
        .contains("cases[0].expect[3].name: is expected twice (first in line 13)")
        .contains("cases[1].name: 'one' is used twice (first in line 2)")
        .contains("cases[1].ticks: is missing")
        .contains("cases[2].bars: a case has ticks or bars, not both")
        .contains("cases[2].bars[0].ts: is not a bound")
        .contains("cases[2].bars[0].interval: a bar is one evaluation window of 1s, was 2s")
        .contains("cases[2].bars[0].c: o and c must be between l and h")
        .contains("cases[2].bars[0].v: must not be negative")
        .contains("cases[2].expect: is missing");
  }

  @Test
  void aSymbolMustBeNamedWhereThereAreSeveral() {
    assertThat(
            problems(
                """
                cases:
                  - name: one
                    ticks:
                      - { ts: 2025-10-24T14:00:02Z, symbol: SPY, price: 1 }
                      - { ts: 2025-10-24T14:00:02Z, symbol: QQQ, price: 1 }
                    expect: [ { ts: 2025-10-24T14:00:03Z, name: up } ]
                """))
        .contains("t.yaml:6:15: cases[0].expect[0].symbol: is missing");
  }

  @Test
  void aFileWithoutCasesIsNoTest() {
    assertThat(problems("version: 1\n")).contains("cases: is missing");
    assertThat(problems("version: 1\ncases: []\n")).contains("cases: is missing");
    assertThat(problems("")).contains("cases: is missing");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThat(
            catchThrowableOfType(
                DataException.class, () -> RulesTestFile.read(Path.of("nope.yaml"), SECOND)))
        .hasMessage("nope.yaml: no such file");
  }

  private static RulesTest read(String text) {
    return RulesTestFile.read("folder/t.yaml", text, SECOND);
  }

  private static String problems(String text) {
    return String.valueOf(catchThrowableOfType(DataException.class, () -> read(text)).getMessage());
  }
}
