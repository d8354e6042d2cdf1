package dev.mdp.ops.audit;

import dev.mdp.core.audit.AuditScope;
import dev.mdp.core.audit.TwiceAudit;
import dev.mdp.core.audit.TwiceAudit.Moved;
import dev.mdp.core.audit.TwiceTrade;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One search of a scope for trades that are stored twice, and the move of what is found. One use,
/// one thread.
final class TwiceCheck {
  private static final int MOVED_AT_ONCE = 500;

  private final TwiceAudit audit;
  private final AuditScope scope;
  private final boolean moves;
  private final List<TwiceTrade> toMove = new ArrayList<>();
  private Moved moved = Moved.NONE;
  private long found;

  /// @param moves whether the copies that are too many are moved
  TwiceCheck(TwiceAudit audit, AuditScope scope, boolean moves) {
    this.audit = audit;
    this.scope = scope;
    this.moves = moves;
  }

  TwiceResult run(long runId, Consumer<TwiceTrade> each, AuditListener progress) {
    try (TwiceAudit.Search search = audit.begin(scope)) {
      while (search.next(
          trade -> {
            found++;
            each.accept(trade);
            take(trade, runId);
          })) {
        progress.showTwice(search.progress());
      }
      move(runId);
    } finally {
      progress.clear();
    }
    return new TwiceResult(found, moved);
  }

  private void take(TwiceTrade trade, long runId) {
    if (moves) {
      toMove.add(trade);
      if (toMove.size() >= MOVED_AT_ONCE) {
        move(runId);
      }
    }
  }

  private void move(long runId) {
    if (!toMove.isEmpty()) {
      moved = moved.plus(audit.move(toMove, runId));
      toMove.clear();
    }
  }
}
