package dev.mdp.cli.verify;

import dev.mdp.cli.Version;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.json.Json;
import dev.mdp.core.store.AuditScope;
import dev.mdp.core.store.BarVerdict;
import dev.mdp.core.store.JobRuns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/// The job run of a repair: begun before the first bar is written, ended whatever happens, also by
/// a signal. One use.
final class RepairRun {
  private static final String NAME = "verify-bars";

  private final JobRuns runs;
  private final long id;
  private boolean ended;

  RepairRun(JobRuns runs, AuditScope scope, String fingerprint) {
    this.runs = runs;
    this.id =
        runs.start(
            new JobRuns.Start(
                NAME,
                null,
                scope.provider().orElse(null),
                JobRuns.Mode.VERIFY,
                fingerprint,
                Version.text(),
                scope.symbols().stream().map(String::valueOf).toList()));
  }

  Verification.Result run(LongFunction<Verification.Result> work) {
    Thread onSignal =
        new Thread(() -> end(JobRuns.Status.CANCELLED, 0, "ended by a signal", Map.of()));
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      Verification.Result result = work.apply(id);
      end(
          JobRuns.Status.SUCCESS,
          result.repaired().written() + result.repaired().removed() + result.built().written(),
          null,
          metadata(result));
      return result;
    } catch (RuntimeException e) {
      try {
        end(JobRuns.Status.FAILURE, 0, String.valueOf(e.getMessage()), Map.of());
      } catch (MdpException again) {
        e.addSuppressed(again);
      }
      throw e;
    } finally {
      unhook(onSignal);
      end(JobRuns.Status.CANCELLED, 0, "ended early", Map.of());
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
      JobRuns.Status status,
      long written,
      @org.jspecify.annotations.Nullable String error,
      Map<String, Object> metadata) {
    if (!ended) {
      ended = true;
      runs.finish(id, status, written, error, Json.write(metadata));
    }
  }

  private static Map<String, Object> metadata(Verification.Result result) {
    Map<String, Object> before = Report.counts(result.counts());
    Map<String, Object> after = new LinkedHashMap<>(before);
    long written = result.repaired().written() + result.built().written();
    after.put(BarVerdict.EQUAL.word(), result.counts().of(BarVerdict.EQUAL) + written);
    for (BarVerdict verdict : List.of(BarVerdict.values())) {
      if (verdict.isFinding()) {
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
    metadata.put("repaired", Report.words(result.repaired()));
    metadata.put("built", Report.words(result.built()));
    return metadata;
  }
}
