package dev.mdp.testkit;

import dev.mdp.core.checkpoint.ClaimRequest;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.checkpoint.Leases;
import dev.mdp.core.ledger.LedgerCounts;
import java.util.function.UnaryOperator;

/// Leases that hand a claimer another ledger of its run than it has committed.
public record TamperedLedger(Leases leases, UnaryOperator<LedgerCounts> tamper) implements Leases {
  @Override
  public ClaimResult claim(ClaimRequest request) {
    return switch (leases.claim(request)) {
      case ClaimResult.Held held -> held;
      case ClaimResult.Claimed claimed ->
          new ClaimResult.Claimed(
              claimed.lease(),
              claimed.checkpoint(),
              claimed.fresh(),
              claimed.intervals(),
              tamper.apply(claimed.runLedger()));
    };
  }

  @Override
  public void requireClaimable(ClaimRequest request) {
    leases.requireClaimable(request);
  }

  @Override
  public Lease renew(Lease lease) {
    return leases.renew(lease);
  }

  @Override
  public void release(Lease lease) {
    leases.release(lease);
  }
}
