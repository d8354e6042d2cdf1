package dev.mdp.runtime;

import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.run.JobRuns;
import dev.mdp.pipeline.worker.Worker;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// One audited run within a process: its workers, and what to tell of it.
///
/// @param run the row's id
/// @param ledger what is committed of it, per shard; asked when it has ended
/// @param rowsWritten what it wrote besides what its commits counted themselves
/// @param findings how many things it met that need a person (exit 3)
public record Job(
    String name,
    JobRuns.Mode mode,
    long run,
    List<Worker> workers,
    Supplier<List<LedgerCounts>> ledger,
    LongSupplier rowsWritten,
    Supplier<Map<String, Object>> metadata,
    LongSupplier findings) {
  public Job {
    workers = List.copyOf(workers);
  }
}
