package dev.mdp.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Whether the benchmark runs and its tables are what the generator made; its figures at this size
/// say nothing.
class BenchIT {
  @Test
  void aTinyReplayEndsWithAValidTable() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    int exit =
        Bench.run(
            new String[] {"a", "--rounds", "1", "--events", "30000"},
            new PrintStream(bytes, false, StandardCharsets.UTF_8));

    String table = bytes.toString(StandardCharsets.UTF_8);
    assertThat(table).contains("dense / bare loop", "peak resident memory").doesNotContain("VOID");
    assertThat(exit).isZero();
  }

  @Test
  void aShortLookAtFeedsEndsWithAValidTable() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    int exit =
        Bench.run(
            new String[] {"v", "--rounds", "1", "--events", "30000", "--seconds", "2"},
            new PrintStream(bytes, false, StandardCharsets.UTF_8));

    String table = bytes.toString(StandardCharsets.UTF_8);
    assertThat(table)
        .contains("binance: frames decoded", "refill / what the venue's limits allow")
        .doesNotContain("VOID", "NaN");
    assertThat(exit).isZero();
  }
}
