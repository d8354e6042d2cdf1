package dev.mdp.ops.audit;

import dev.mdp.core.audit.BarFinding;
import dev.mdp.core.audit.TwiceTrade;

/// Takes what an audit finds, as it is found.
public interface AuditFindings {
  void bar(BarFinding finding);

  void twice(TwiceTrade trade);
}
