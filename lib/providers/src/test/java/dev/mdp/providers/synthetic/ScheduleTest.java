package dev.mdp.providers.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.testkit.property.Property;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void staggersTheSymbolsWithinThePeriod() {
    Schedule schedule = new Schedule(1_000, 4, 2);

    StringBuilder seen = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      seen.append(schedule.slot()).append('@').append(schedule.dueMicros()).append(' ');
      schedule.advance();
    }

    assertThat(seen.toString()).isEqualTo("0@1000 1@126000 2@251000 3@376000 0@501000 1@626000 ");
  }

  @Test
  void doesNotDriftHoweverLongItRuns() {
    Schedule schedule = new Schedule(0, 7, 333.3);

    for (int i = 0; i < 2_333_100; i++) {
      schedule.advance();
    }

    assertThat(schedule.dueMicros()).isEqualTo(1_000_000_000L);
  }

  @Test
  void steppingCountingAndSkippingAgreeWithExactArithmetic() {
    Property.check(1_000, ScheduleTest::agreeWithExactArithmetic);
  }

  private static void agreeWithExactArithmetic(RandomGenerator random) {
    int symbols = random.nextInt(1, 600);
    double rate = random.nextInt(1, 1_000_000) / 1_000.0;
    long start = random.nextLong(1_700_000_000_000_000L);
    long count = random.nextInt(0, 3_000);
    String about = symbols + " × " + rate + " #" + count;
    Schedule stepped = new Schedule(start, symbols, rate);
    for (long i = 0; i < count; i++) {
      stepped.advance();
    }
    Schedule skipped = new Schedule(start, symbols, rate);
    skipped.skip(count);

    long exact =
        BigDecimal.valueOf(count * 1_000_000)
            .divide(
                BigDecimal.valueOf(rate).multiply(BigDecimal.valueOf(symbols)),
                0,
                RoundingMode.FLOOR)
            .longValueExact();
    assertThat(stepped.dueMicros()).as(about).isEqualTo(start + exact);
    assertThat(skipped.dueMicros()).as(about).isEqualTo(stepped.dueMicros());
    assertThat(skipped.slot()).as(about).isEqualTo(stepped.slot());
    Schedule fresh = new Schedule(start, symbols, rate);
    long before = fresh.countBefore(start + exact + 1);
    fresh.skip(before);
    assertThat(fresh.dueMicros()).as(about).isGreaterThanOrEqualTo(start + exact + 1);
    Schedule oneLess = new Schedule(start, symbols, rate);
    oneLess.skip(before - 1);
    assertThat(oneLess.dueMicros()).as(about).isLessThan(start + exact + 1);
  }
}
