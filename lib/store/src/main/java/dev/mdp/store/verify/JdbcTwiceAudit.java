package dev.mdp.store.verify;

import dev.mdp.core.audit.AuditScope;
import dev.mdp.core.audit.TwiceAudit;
import dev.mdp.core.audit.TwiceTrade;
import dev.mdp.store.database.Database;
import dev.mdp.store.database.Snapshot;
import java.sql.SQLException;
import java.util.List;

/// Trades that are stored twice in PostgreSQL. Thread-safe.
public final class JdbcTwiceAudit implements TwiceAudit {
  private static final int TICKS_AT_ONCE = 300_000;

  private final Database database;
  private final int ticksAtOnce;

  public JdbcTwiceAudit(Database database) {
    this(database, TICKS_AT_ONCE);
  }

  JdbcTwiceAudit(Database database, int ticksAtOnce) {
    this.database = database;
    this.ticksAtOnce = ticksAtOnce;
  }

  @Override
  public Search begin(AuditScope scope) {
    database.query("check the schema", connection -> true);
    Snapshot snapshot = database.snapshot("verify", JdbcBarAudit.SESSION);
    boolean begun = false;
    try {
      Search search = new TwiceSearch(database, snapshot, scope, ticksAtOnce);
      begun = true;
      return search;
    } catch (SQLException e) {
      throw database.errors().translate("look for trades that are stored twice", e);
    } finally {
      if (!begun) {
        snapshot.close();
      }
    }
  }

  @Override
  public Moved move(List<TwiceTrade> trades, long runId) {
    return new TwiceRepair(database, runId).run(trades);
  }
}
