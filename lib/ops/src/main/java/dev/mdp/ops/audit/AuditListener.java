package dev.mdp.ops.audit;

import dev.mdp.core.audit.BarAudit;

/// Is called with how far an audit has come.
public interface AuditListener {
  void show(BarAudit.Pass pass);

  /// Before that: how much of the search for trades that are stored twice is done, from 0 to 1.
  void showTwice(double share);

  /// The audit is over, or something else is about to be shown.
  void clear();
}
