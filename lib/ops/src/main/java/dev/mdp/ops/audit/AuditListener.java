package dev.mdp.ops.audit;

import dev.mdp.core.audit.BarAudit;

/// Is called with how far an audit has come.
public interface AuditListener {
  void show(BarAudit.Pass pass);

  /// The audit is over, or something else is about to be shown.
  void clear();
}
