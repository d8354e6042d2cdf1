package dev.mdp.ops.audit;

import dev.mdp.core.audit.AuditScope;
import dev.mdp.core.audit.BarVerdict;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.json.Json;
import dev.mdp.core.run.JobRuns;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The job run of a repair: begun before the first bar is written, ended whatever happens, also by
/// a signal. One use.
public final class RepairRun {
  private static final String NAME = "verify-bars";
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final JobRuns runs;
  private final long id;
  private boolean ended;

  public RepairRun(JobRuns runs, AuditScope scope, String fingerprint, String version) {
    this.runs = runs;
    this.id =
        runs.start(
            new JobRuns.Start(
                NAME,
                null,
                scope.provider().orElse(null),
                JobRuns.Mode.VERIFY,
                fingerprint,
                version,
                scope.symbols().stream().map(String::valueOf).toList()));
  }

  /// @param written how many bars were written so far
  public Verification.Result run(LongFunction<Verification.Result> work, LongSupplier written) {
    Thread onSignal =
        new Thread(() ->
            end(JobRuns.Status.CANCELLED, written.getAsLong(), "ended by a signal", Map.of()));
    Runtime.getRuntime().addShutdownHook(onSignal);
    Thread heart = Thread.ofVirtual().name("heartbeat").start(this::beat);
    try {
      Verification.Result result = work.apply(id);
      end(JobRuns.Status.SUCCESS, written.getAsLong(), null, metadata(result));
      return result;
    } catch (RuntimeException e) {
      try {
        end(JobRuns.Status.FAILURE, written.getAsLong(), String.valueOf(e.getMessage()), Map.of());
      } catch (MdpException again) {
        e.addSuppressed(again);
      }
      throw e;
    } finally {
      heart.interrupt();
      unhook(onSignal);
      end(JobRuns.Status.CANCELLED, written.getAsLong(), "ended early", Map.of());
    }
  }

  /// A long repair must not look stuck.
  private void beat() {
    try {
      while (true) {
        Thread.sleep(HEARTBEAT);
        runs.heartbeat(id);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (MdpException e) {
      // the repair itself reports what is wrong with the database
    }
  }

  private static void unhook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process is ending: the hook is at work
    }
  }

  private synchronized void end(
      JobRuns.Status status, long written, @Nullable String error, Map<String, Object> metadata) {
    if (!ended) {
      ended = true;
      runs.finish(id, status, written, error, Json.write(metadata));
    }
  }

  private static Map<String, Object> metadata(Verification.Result result) {
    Map<String, Object> before = AuditWords.counts(result.counts());
    Map<String, Object> after = new LinkedHashMap<>(before);
    long written = result.repaired().written() + result.built().written();
    after.put(BarVerdict.EQUAL.word(), result.counts().of(BarVerdict.EQUAL) + written);
    for (BarVerdict verdict : List.of(BarVerdict.values())) {
      if (verdict.isRepairable()) {
        after.remove(verdict.word());
      }
    }
    after.put("findings", result.left());
    after.put(
        BarVerdict.UNBUILT.word(),
        Math.max(0, result.counts().of(BarVerdict.UNBUILT) - result.built().written()));
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("before", before);
    metadata.put("after", after);
    metadata.put("repaired", AuditWords.words(result.repaired()));
    metadata.put("built", AuditWords.words(result.built()));
    metadata.put("twice", AuditWords.words(result.twice()));
    return metadata;
  }
}
