package dev.mdp.store.verify;

import dev.mdp.core.audit.AuditCounts;
import dev.mdp.core.audit.AuditScope;
import dev.mdp.core.audit.BarAudit;
import dev.mdp.core.audit.BarFinding;
import dev.mdp.core.audit.BarVerdict;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.store.database.Database;
import dev.mdp.store.database.Snapshot;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Bars that are not there, made from stored bars of a finer interval, where the ticks are gone or
/// never were: bars that came as bars make bars without a trade count. Only windows that the finer
/// bars cover from end to end: one that holds the first or the last of them may be a fragment; and
/// one that holds the oldest tick is neither whole nor gone. One snapshot, one thread.
final class FinerPass implements BarAudit.Pass {
  private static final double NANOS = 1e9;

  private record ExternalSeries(String provider, Symbol symbol) {}

  private static final String SQL =
      """
      SELECT f.* FROM (
        SELECT symbol, date_bin(?::interval, ts, ?::timestamptz) AS start,
               (array_agg(open ORDER BY ts))[1], max(high), min(low),
               (array_agg(close ORDER BY ts DESC))[1],
               mdp_nearest(sum(volume::text::numeric), 1),
               CASE WHEN NOT bool_or(vwap IS NULL AND volume > 0)
                    THEN mdp_nearest(sum(vwap::text::numeric * volume::text::numeric),
                                     sum(volume::text::numeric)) END,
               sum(trade_count)::bigint, count(*)
          FROM bars_ohlcv
         WHERE provider = ? AND symbol = ANY (?) AND interval = ? AND ts >= ? AND ts < ?
         GROUP BY 1, 2
         HAVING bool_and(trade_count IS NOT NULL) OR bool_and(trade_count IS NULL)) f
       WHERE NOT EXISTS (SELECT FROM bars_ohlcv b WHERE b.provider = ? AND b.symbol = f.symbol
                            AND b.interval = ? AND b.ts = f.start)
       ORDER BY start, symbol
      """;

  private final Database database;
  private final Snapshot snapshot;
  private final Connection connection;
  private final Interval finer;
  private final Inventory inventory;
  private final Slices slices;
  private final Set<ExternalSeries> external = new HashSet<>();
  private final AuditCounts counts = new AuditCounts();
  private long kept;

  /// @param scope with the intervals to build, each a multiple of the finer one
  /// @param snapshot closed with the pass
  FinerPass(Database database, Snapshot snapshot, Horizon horizon, AuditScope scope, Interval finer)
      throws SQLException {
    this.database = database;
    this.snapshot = snapshot;
    this.connection = snapshot.connection();
    this.finer = finer;
    AuditScope source =
        new AuditScope(
            scope.provider(),
            scope.symbols(),
            List.of(finer),
            scope.fromMicros(),
            scope.toMicros());
    this.inventory = new Inventory(connection, source);
    List<AuditSeries> wanted = new ArrayList<>();
    for (AuditSeries series : inventory.read(horizon::intervals)) {
      if (series.firstBar() != Long.MAX_VALUE) {
        want(wanted, scope, series, series.firstBar(), series.lastBar());
      }
    }
    for (AuditSeries series : inventory.external()) {
      if (series.interval().equals(finer)) {
        want(wanted, scope, series, series.first(), series.last());
        external.add(new ExternalSeries(series.provider(), series.symbol()));
      }
    }
    this.slices = new Slices(scope, wanted, horizon);
  }

  private static void want(
      List<AuditSeries> wanted, AuditScope scope, AuditSeries series, long first, long last) {
    for (Interval interval : scope.intervals()) {
      wanted.add(
          new AuditSeries(series.provider(), series.symbol(), interval, first, last, first, last));
    }
  }

  @Override
  public boolean next(Consumer<BarFinding> different) {
    Slices.Slice slice = slices.next();
    if (slice == null) {
      return false;
    }
    long begun = System.nanoTime();
    long found = 0;
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      bind(statement, slice);
      try (ResultSet row = statement.executeQuery()) {
        Map<Symbol, AuditSeries> series = new HashMap<>();
        slice.group().series().forEach(one -> series.put(one.symbol(), one));
        while (row.next()) {
          found++;
          Bar bar = bar(row, slice.group());
          if (covers(series.get(bar.symbol()), bar, slice.group().rule())) {
            counts.add(BarVerdict.UNBUILT, 1);
            different.accept(new BarFinding(BarVerdict.UNBUILT, null, 0, bar));
          }
        }
      }
    } catch (SQLException e) {
      throw database.errors().translate("build bars", e);
    }
    slices.done(slice, Math.max(1, System.nanoTime() - begun) / NANOS, found);
    return true;
  }

  private void bind(PreparedStatement statement, Slices.Slice slice) throws SQLException {
    Slices.Group group = slice.group();
    statement.setString(1, group.interval().micros() + " microseconds");
    statement.setObject(2, RowTable.utc(slice.fromMicros()));
    statement.setString(3, group.provider());
    statement.setArray(
        4,
        connection.createArrayOf(
            "text", group.series().stream().map(one -> one.symbol().value()).toArray()));
    statement.setString(5, finer.toString());
    statement.setObject(6, RowTable.utc(slice.fromMicros()));
    statement.setObject(7, RowTable.utc(slice.toMicros()));
    statement.setString(8, group.provider());
    statement.setString(9, group.interval().toString());
  }

  /// Whether the bar is whole and all its ticks are gone.
  private boolean covers(@Nullable AuditSeries source, Bar bar, WindowRule rule) {
    if (bar.isExternal() && !external.contains(new ExternalSeries(bar.provider(), bar.symbol()))) {
      kept++; // beside bars made from ticks it is not known where the others begin and end
      return false;
    }
    long oldestTick = inventory.oldest(bar.provider()).tick();
    if (source == null || bar.startMicros() >= oldestTick) {
      return false; // its ticks are there
    }
    boolean whole =
        source.firstBar() <= bar.startMicros()
            && source.lastBar() + finer.micros() >= bar.endMicros()
            && bar.endMicros() <= oldestTick;
    boolean closed = rule.openIn(bar.startMicros(), bar.startMicros() + 1).isEmpty();
    if (!whole || !closed) {
      kept++;
    }
    return whole && closed;
  }

  private static Bar bar(ResultSet row, Slices.Group group) throws SQLException {
    double vwap = row.getDouble(8);
    vwap = row.wasNull() ? Double.NaN : vwap;
    long trades = row.getLong(9);
    trades = row.wasNull() ? Bar.EXTERNAL : trades;
    return new Bar(
        group.provider(),
        MarketEvent.LIVE,
        new Symbol(row.getString(1)),
        group.interval(),
        Micros.of(row.getObject(2, OffsetDateTime.class).toInstant()),
        row.getDouble(3),
        row.getDouble(4),
        row.getDouble(5),
        row.getDouble(6),
        row.getDouble(7),
        vwap,
        trades);
  }

  @Override
  public AuditCounts counts() {
    return counts;
  }

  @Override
  public double progress() {
    return slices.progress();
  }

  /// Nothing is judged here.
  @Override
  public int unverifiedShards() {
    return 0;
  }

  @Override
  public List<String> notes() {
    return kept == 0
        ? List.of()
        : List.of(
            "not built from "
                + finer
                + ": "
                + kept
                + " windows at an edge: its bars do not cover them from end to end, or some ticks are left");
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
