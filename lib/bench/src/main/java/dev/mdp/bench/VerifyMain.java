package dev.mdp.bench;

import dev.mdp.core.audit.AuditScope;
import dev.mdp.core.audit.BarAudit;
import dev.mdp.core.audit.BarVerdict;
import dev.mdp.core.event.Micros;
import dev.mdp.core.metrics.StoreMetrics;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.database.StoreSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A JVM that verifies all bars that start before a time, again for each line it is given: the time
/// in microseconds. It tells how long it took, what it found and its peak of memory so far.
///
/// Arguments: `database`, `postgresPid`.
final class VerifyMain {
  private VerifyMain() {}

  public static void main(String[] given) throws IOException {
    Map<String, String> arguments = Child.arguments(given);
    long postgres = Long.parseLong(WorkerParts.required(arguments, "postgresPid"));
    try (PostgresStore store =
            new PostgresStore(
                StoreSettings.of(WorkerParts.required(arguments, "database"), 2, "bench"),
                StoreMetrics.NONE);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Child.answer(verify(store, Long.parseLong(line), postgres));
      }
    }
  }

  private static Map<String, Object> verify(PostgresStore store, long toMicros, long postgres) {
    AuditScope scope = new AuditScope(Optional.empty(), List.of(), List.of(), Micros.MIN, toMicros);
    long own = ProcessHandle.current().pid();
    Cpu.Times before = Cpu.Times.now(own, own, postgres);
    long begun = System.nanoTime();
    try (BarAudit.Pass pass = store.audit().begin(scope, Duration.ofMinutes(10))) {
      while (pass.next(finding -> {})) {}
      long nanos = System.nanoTime() - begun;
      Cpu.Times used = Cpu.Times.now(own, own, postgres).minus(before);
      return new TreeMap<>(
          Map.of(
              "nanos", nanos,
              "own", used.own(),
              "postgres", used.postgres(),
              "ticks", pass.counts().ticks(),
              "equal", pass.counts().of(BarVerdict.EQUAL),
              "checked", pass.counts().checked(),
              "peak", Cpu.peakMemory()));
    }
  }
}
