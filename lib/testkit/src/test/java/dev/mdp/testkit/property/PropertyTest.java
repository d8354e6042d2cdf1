package dev.mdp.testkit.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PropertyTest {
  private final Properties asked = new Properties();

  /// What a long run or a replay asks of the properties is not meant for the tests of the runner.
  @BeforeEach
  void setAside() {
    for (String name : List.of("mdp.seed", "mdp.cases", "mdp.seeds")) {
      String value = System.clearProperty(name);
      if (value != null) {
        asked.setProperty(name, value);
      }
    }
  }

  @AfterEach
  void giveBack() {
    System.getProperties().putAll(asked);
  }

  @Test
  void findsAPlantedBugAndMakesItSmall() {
    Throwable thrown = catchThrowable(() -> Property.check(1_000, PropertyTest::sortsWithABug));

    assertThat(thrown)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("replay with -Dmdp.seed=")
        .hasMessageContaining("smallest counterexample")
        .hasMessageEndingWith("items = [13]");
  }

  @Test
  void makesTheListItselfShorter() {
    Throwable thrown =
        catchThrowable(() ->
            Property.check(
                100,
                choices -> {
                  List<Integer> items = choices.show("items", numbers(choices));
                  assertThat(items.stream().filter(item -> item >= 50).count()).isLessThan(3);
                }));

    assertThat(thrown).hasMessageEndingWith("items = [50, 50, 50]");
  }

  @Test
  void aSeedGivesTheSameCaseAgain() {
    List<Integer> once = numbers(Choices.ofSeed(42));
    List<Integer> again = numbers(Choices.ofSeed(42));

    Choices recorded = Choices.ofSeed(42);
    numbers(recorded);
    List<Integer> replayed = numbers(Choices.of(recorded.taken()));

    assertThat(again).isEqualTo(once);
    assertThat(replayed).isEqualTo(once);
    assertThat(numbers(Choices.ofSeed(43))).isNotEqualTo(once);
  }

  @Test
  void aPropertyThatHoldsIsCheckedAsOftenAsAsked() {
    AtomicInteger ran = new AtomicInteger();

    Property.check(500, _ -> ran.incrementAndGet());
    long inParallel = Property.checkInParallel(500, _ -> ran.incrementAndGet());

    assertThat(ran).hasValue(1_000);
    assertThat(inParallel).isEqualTo(500);
  }

  @Test
  void inParallelTheSmallestFailingSeedIsNamed() {
    long expected =
        LongStream.range(0, 1_000)
            .filter(seed -> Choices.ofSeed(seed).nextInt(50) == 7)
            .findFirst()
            .orElseThrow();

    assertThatThrownBy(() ->
            Property.checkInParallel(
                1_000, choices -> assertThat(choices.nextInt(50)).isNotEqualTo(7)))
        .hasMessageStartingWith("seed " + expected + " ");
    assertThat(
            Property.firstFailure(
                1_000, choices -> assertThat(choices.nextInt(50)).isNotEqualTo(7)))
        .get()
        .extracting(Property.Found::seed)
        .isEqualTo(expected);
  }

  @Test
  void numbersAreAsWideAsTheyShouldBe() {
    Property.check(
        1_000,
        choices -> {
          assertThat(choices.nextInt(-5, 6)).isBetween(-5, 5);
          assertThat(choices.nextLong(-1L << 60, 1L << 60)).isBetween(-1L << 60, 1L << 60);
          assertThat(choices.nextDouble()).isBetween(0.0, Math.nextDown(1.0));
          assertThat(choices.oneOf(List.of("a", "b"))).isIn("a", "b");
        });
  }

  /// Loses every 13: the smallest list that shows it is the one that holds nothing else.
  private static void sortsWithABug(Choices choices) {
    List<Integer> items = choices.show("items", numbers(choices));
    List<Integer> sorted = items.stream().filter(item -> item != 13).sorted().toList();
    assertThat(sorted).hasSameSizeAs(items);
  }

  private static List<Integer> numbers(Choices choices) {
    List<Integer> items = new ArrayList<>();
    int size = choices.nextInt(20);
    for (int i = 0; i < size; i++) {
      items.add(choices.nextInt(100));
    }
    return items;
  }
}
