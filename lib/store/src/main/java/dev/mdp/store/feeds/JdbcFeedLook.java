package dev.mdp.store.feeds;

import dev.mdp.core.feed.AuditedSeries;
import dev.mdp.core.feed.FeedAudit;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.IdEvidence;
import dev.mdp.core.feed.StoredTrades;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.core.feed.TradePause;
import dev.mdp.store.database.Database;
import dev.mdp.store.database.Snapshot;
import dev.mdp.store.feeds.SeriesInventory.Epoch;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// What the tables have of feeds inside one snapshot. One thread.
final class JdbcFeedLook implements FeedAudit.Look {
  private static final long MICROS = 1_000_000;

  private final Database database;
  private final Snapshot snapshot;
  private final Connection connection;
  private final FeedArrivals arrivals;
  private final FeedAudit.Scope scope;
  private final SeriesInventory inventory;
  private final Map<String, Long> oldestTicks = new HashMap<>();

  /// All of the time of each series' epoch.
  private final Map<AuditedSeries, TickWindow> epochTimes = new HashMap<>();

  /// @param snapshot closed with this
  JdbcFeedLook(Database database, Snapshot snapshot, FeedArrivals arrivals, FeedAudit.Scope scope) {
    this.database = database;
    this.snapshot = snapshot;
    this.connection = snapshot.connection();
    this.arrivals = arrivals;
    this.scope = scope;
    this.inventory = new SeriesInventory(connection);
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read() throws SQLException;
  }

  private <T> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (SQLException e) {
      throw database.errors().translate("verify feeds", e);
    }
  }

  @Override
  public long nowMicros() {
    return arrivals.nowMicros();
  }

  @Override
  public List<AuditedSeries> series() {
    return read(() -> {
      List<Epoch> epochs = inventory.epochs(scope);
      List<AuditedSeries> all = new ArrayList<>();
      long begin = Long.MIN_VALUE;
      for (int i = 0; i < epochs.size(); i++) {
        Epoch epoch = epochs.get(i);
        boolean isFirst = i == 0 || !epoch.isOfSameSeries(epochs.get(i - 1));
        boolean isNewest = i + 1 == epochs.size() || !epoch.isOfSameSeries(epochs.get(i + 1));
        begin = isFirst ? Long.MIN_VALUE : begin;
        long end = isNewest ? Long.MAX_VALUE : inventory.begin(epoch, epochs.get(i + 1));
        long from =
            Math.max(begin, scope.fromMicros().orElse(isFirst ? firstSecond(epoch) : begin));
        long to = Math.min(end, scope.toMicros());
        if (from < to) {
          AuditedSeries series = audited(epoch, isNewest, from, to);
          epochTimes.put(
              series, new TickWindow(epoch.provider(), epoch.symbol().value(), begin, end));
          all.add(series);
        }
        begin = end;
      }
      return all;
    });
  }

  private long firstSecond(Epoch epoch) throws SQLException {
    return Math.floorDiv(inventory.firstKnown(epoch), MICROS) * MICROS;
  }

  private AuditedSeries audited(Epoch epoch, boolean isNewest, long from, long to)
      throws SQLException {
    String provider = epoch.provider();
    String symbol = epoch.symbol().value();
    if (!oldestTicks.containsKey(provider)) {
      oldestTicks.put(provider, inventory.oldestTick(provider));
    }
    return new AuditedSeries(
        provider,
        epoch.symbol(),
        epoch.number(),
        isNewest,
        epoch.ids(),
        epoch.cursor(),
        epoch.begunMicros(),
        from,
        to,
        arrivals.noted(provider, symbol),
        arrivals.unnoted(provider, symbol),
        isNewest && arrivals.isOwned(provider, symbol),
        Objects.requireNonNull(oldestTicks.get(provider)));
  }

  @Override
  public StoredTrades stored(AuditedSeries series) {
    return read(() ->
        series.isProvable()
            ? StoredTradesQuery.byIds(
                connection, series, Objects.requireNonNull(epochTimes.get(series)))
            : StoredTradesQuery.byTime(connection, series));
  }

  @Override
  public void evidence(
      AuditedSeries series,
      StoredTrades stored,
      TradeMark below,
      TradeMark above,
      Consumer<IdEvidence> to) {
    read(() -> {
      if (series.isProvable()) {
        IdEvidenceQuery.missingAndNoted(connection, series, stored, below, above, to);
      } else {
        IdEvidenceQuery.noted(connection, series, to);
      }
      return true;
    });
  }

  @Override
  public void pauses(AuditedSeries series, Consumer<TradePause> to) {
    read(() -> {
      SecondsQuery.pauses(connection, series, to);
      return true;
    });
  }

  @Override
  public long tradeSeconds(AuditedSeries series) {
    return read(() -> SecondsQuery.withTrades(connection, series));
  }

  @Override
  public List<FeedInterval> states(AuditedSeries series) {
    return read(() ->
        StateTable.during(
            connection, TickWindow.of(series, series.fromMicros(), series.toMicros())));
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
