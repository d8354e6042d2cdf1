package dev.mdp.pipeline.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.testkit.property.Case;
import dev.mdp.testkit.property.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The simulation can fail: every deliberate bug is caught, and without one the same seeds are
/// clean.
class MutantsTest {
  private static final int SEEDS = 200;

  @Test
  void everyMutantIsCaught() {
    List<Mutant> survivors = new ArrayList<>();
    for (Mutant mutant : Mutant.values()) {
      if (mutant != Mutant.NONE) {
        Optional<Property.Found> caught =
            Property.firstFailure(
                SEEDS,
                choices -> {
                  if (mutant.isOfChanges()) {
                    ChangedSettingsSimulationTest.check(choices, mutant);
                  } else {
                    Simulation.check(choices, mutant);
                  }
                });
        print(mutant, caught);
        caught.ifPresentOrElse(_ -> {}, () -> survivors.add(mutant));
      }
    }

    assertThat(survivors).as("not caught within %d seeds", SEEDS).isEmpty();
  }

  @Test
  void withoutAMutantTheSameSeedsAreClean() {
    assertThat(Property.firstFailure(SEEDS, choices -> Simulation.check(choices, Mutant.NONE)))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"LAST_READ_POSITION", "NO_STORED_WATERMARK", "NO_FENCE"})
  void theSimulationOfChangingSettingsCatchesThemToo(Mutant mutant) {
    Case property = choices -> ChangedSettingsSimulationTest.check(choices, mutant);

    Optional<Property.Found> caught = Property.firstFailure(SEEDS, property);

    print(mutant, caught);
    assertThat(caught).isPresent();
  }

  private static void print(Mutant mutant, Optional<Property.Found> caught) {
    System.out.printf(
        "mutant %-24s %s%n",
        mutant,
        caught
            .map(found -> "caught by seed %d: %s".formatted(found.seed(), brief(found.message())))
            .orElse("SURVIVED"));
  }

  private static String brief(String message) {
    String line = message.lines().findFirst().orElse("").strip();
    return line.length() > 90 ? line.substring(0, 90) + "…" : line;
  }
}
