package dev.mdp.pipeline.ownership;

import dev.mdp.core.store.LedgerCounts;
import dev.mdp.pipeline.worker.Worker;

/// A worker on one shard, by what it turns the shard into. One thread, except for [#owns],
/// [#ledger] and [#lossAccepted].
///
/// @param <T> the task
public abstract class OwningWorker<T extends ShardTask> implements Worker {
  /// What does the work.
  protected abstract ShardWorker<T> worker();

  @Override
  public final String name() {
    return worker().name();
  }

  @Override
  public int poll() {
    return worker().poll();
  }

  @Override
  public final boolean finished() {
    return worker().finished();
  }

  @Override
  public final boolean isWaiting() {
    return worker().isWaiting();
  }

  @Override
  public final void drain() {
    worker().drain();
  }

  @Override
  public final void abandon() {
    worker().abandon();
  }

  @Override
  public final boolean isStandingBy() {
    return !owns();
  }

  /// Whether this worker owns its shard now.
  public final boolean owns() {
    return worker().task().isPresent();
  }

  /// What of this run is committed.
  public final LedgerCounts ledger() {
    return worker().ledger();
  }

  /// Whether entries were lost and the operator accepted it.
  public final boolean lossAccepted() {
    return worker().lossAccepted();
  }
}
