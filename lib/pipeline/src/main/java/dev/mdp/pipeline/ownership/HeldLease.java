package dev.mdp.pipeline.ownership;

import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.checkpoint.Leases;
import java.time.Duration;

/// The lease under which one owner works, and when its last commit was, or the renewal in place of
/// one. One thread.
public final class HeldLease {
  private final Leases leases;
  private final Duration length;
  private Lease lease;
  private long extendedMicros;

  HeldLease(Leases leases, Duration length, Lease claimed, long nowMicros) {
    this.leases = leases;
    this.length = length;
    this.lease = claimed;
    this.extendedMicros = nowMicros;
  }

  public Lease lease() {
    return lease;
  }

  /// When the last commit was, or the renewal in place of one.
  public long extendedMicros() {
    return extendedMicros;
  }

  /// Whether it should be extended soon, by a commit or without one.
  public boolean isDue(long nowMicros) {
    return nowMicros - extendedMicros >= length.toNanos() / 3_000;
  }

  /// A commit has extended it.
  void extended(Lease byCommit, long nowMicros) {
    lease = byCommit;
    extendedMicros = nowMicros;
  }

  /// Extends it without a commit.
  public void renew(long nowMicros) {
    renew();
    extendedMicros = nowMicros;
  }

  /// Extends it, or finds that it was lost.
  public void renew() {
    lease = leases.renew(lease);
  }

  public void release() {
    leases.release(lease);
  }
}
