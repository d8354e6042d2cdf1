package dev.mdp.store.verify;

import dev.mdp.core.audit.AuditScope;
import dev.mdp.core.audit.StoredCopy;
import dev.mdp.core.audit.TwiceAudit;
import dev.mdp.core.audit.TwiceTrade;
import dev.mdp.core.feed.IdSet;
import dev.mdp.store.database.Database;
import dev.mdp.store.database.Snapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// One look for trades that are stored twice: piece by piece of each series, keeping which ids the
/// earlier pieces had, as ranges. Ticks are read one by one only where an id is there twice. One
/// thread.
final class TwiceSearch implements TwiceAudit.Search {
  /// How far outside the scope the other copy of a trade is looked for.
  private static final long BESIDE_MICROS = 60_000_000;

  private final Database database;
  private final Snapshot snapshot;
  private final Connection connection;
  private final AuditScope scope;
  private final int ticksAtOnce;
  private final List<EpochSpan> spans;

  /// The pieces of the present span that are done.
  private final List<Piece> done = new ArrayList<>();

  private int at;
  private long reached = Long.MIN_VALUE;

  private record Piece(EpochSpan span, IdSet ids) {
    boolean hasAny(IdSet of) {
      return of.ranges().stream().anyMatch(range -> !ids.common(range).isEmpty());
    }
  }

  /// @param snapshot closed with the search
  /// @param ticksAtOnce of a piece, whose ids are sorted in memory
  TwiceSearch(Database database, Snapshot snapshot, AuditScope scope, int ticksAtOnce)
      throws SQLException {
    this.database = database;
    this.snapshot = snapshot;
    this.connection = snapshot.connection();
    this.scope = scope;
    this.ticksAtOnce = ticksAtOnce;
    this.spans = EpochSpan.of(connection, scope, BESIDE_MICROS);
  }

  @Override
  public boolean next(Consumer<TwiceTrade> found) {
    if (at == spans.size()) {
      return false;
    }
    EpochSpan span = spans.get(at);
    EpochSpan rest = span.part(Math.max(reached, span.fromMicros()), span.toMicros());
    try {
      EpochSpan part = SpanIds.firstPart(connection, rest, ticksAtOnce);
      if (part.fromMicros() < part.toMicros()) {
        look(part, found);
        reached = part.toMicros();
      } else {
        at++;
        reached = Long.MIN_VALUE;
        done.clear();
      }
    } catch (SQLException e) {
      throw database.errors().translate("look for trades that are stored twice", e);
    }
    return true;
  }

  private void look(EpochSpan part, Consumer<TwiceTrade> found) throws SQLException {
    IdSet ids = new IdSet();
    IdSet suspects = new IdSet();
    for (SpanIds.Run run : SpanIds.runs(connection, part)) {
      ids.add(run.ids());
      if (run.hasDoubles()) {
        suspects.add(run.ids());
      }
      for (Piece earlier : done) {
        earlier.ids().common(run.ids()).forEach(suspects::add);
      }
    }
    Piece piece = new Piece(part, ids);
    if (!suspects.isEmpty()) {
      resolve(piece, suspects, found);
    }
    done.add(piece);
  }

  /// Of three copies, one of them in an earlier piece, the others were handed over with that.
  private void resolve(Piece piece, IdSet suspects, Consumer<TwiceTrade> found)
      throws SQLException {
    SortedMap<Long, SortedMap<Long, StoredCopy>> copies = new TreeMap<>();
    for (Piece earlier : done) {
      if (earlier.hasAny(suspects)) {
        SpanIds.copies(connection, earlier.span(), suspects, copies);
      }
    }
    SpanIds.copies(connection, piece.span(), suspects, copies);
    copies.forEach((seq, byTime) -> {
      StoredCopy kept = byTime.values().iterator().next();
      for (StoredCopy other : byTime.tailMap(piece.span().fromMicros()).values()) {
        if (other.micros() > kept.micros() && (isInScope(kept) || isInScope(other))) {
          EpochSpan of = piece.span();
          found.accept(new TwiceTrade(of.provider(), of.symbol(), seq, kept, other));
        }
      }
    });
  }

  private boolean isInScope(StoredCopy copy) {
    return scope.fromMicros() <= copy.micros() && copy.micros() < scope.toMicros();
  }

  @Override
  public double progress() {
    return spans.isEmpty() ? 1 : (double) at / spans.size();
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
