package dev.mdp.store.verify;

import dev.mdp.core.audit.AuditScope;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What there is to compare: found by steps down the primary keys, never by reading tables. One
/// connection, one thread.
final class Inventory {
  private static final String PROVIDERS =
      """
      WITH RECURSIVE k(name) AS (
        (SELECT provider FROM %1$s ORDER BY provider LIMIT 1)
        UNION ALL
        SELECT (SELECT b.provider FROM %1$s b WHERE b.provider > k.name ORDER BY b.provider LIMIT 1)
          FROM k WHERE k.name IS NOT NULL)
      SELECT name FROM k WHERE name IS NOT NULL
      """;

  private static final String SYMBOLS =
      """
      WITH RECURSIVE k(name) AS (
        (SELECT symbol FROM %1$s WHERE provider = ? ORDER BY symbol LIMIT 1)
        UNION ALL
        SELECT (SELECT b.symbol FROM %1$s b WHERE b.provider = ? AND b.symbol > k.name
                 ORDER BY b.symbol LIMIT 1)
          FROM k WHERE k.name IS NOT NULL)
      SELECT name FROM k WHERE name IS NOT NULL
      """;

  private static final String TICKS =
      """
      SELECT s.symbol,
             (SELECT t.ts FROM tick_data t WHERE t.provider = ? AND t.symbol = s.symbol
               ORDER BY t.ts LIMIT 1),
             (SELECT t.ts FROM tick_data t WHERE t.provider = ? AND t.symbol = s.symbol
               ORDER BY t.ts DESC LIMIT 1)
        FROM unnest(?) AS s(symbol)
      """;

  private static final String MADE = " AND b.trade_count IS NOT NULL";

  private static final String BARS =
      """
      SELECT s.symbol, i.name, %s
        FROM unnest(?) AS s(symbol)
       CROSS JOIN LATERAL (
         WITH RECURSIVE k(name) AS (
           (SELECT interval FROM bars_ohlcv WHERE provider = ? AND symbol = s.symbol
             ORDER BY interval LIMIT 1)
           UNION ALL
           SELECT (SELECT b.interval FROM bars_ohlcv b WHERE b.provider = ? AND b.symbol = s.symbol
                      AND b.interval > k.name ORDER BY b.interval LIMIT 1)
             FROM k WHERE k.name IS NOT NULL)
         SELECT name FROM k WHERE name IS NOT NULL) i
      """
          .formatted(
              String.join(
                  ", ", edge("", ""), edge("", "DESC"), edge(MADE, ""), edge(MADE, "DESC")));

  private static String edge(String condition, String direction) {
    return "(SELECT b.ts FROM bars_ohlcv b WHERE b.provider = ? AND b.symbol = s.symbol"
        + " AND b.interval = i.name"
        + condition
        + " ORDER BY b.ts "
        + direction
        + " LIMIT 1)";
  }

  private final Connection connection;
  private final AuditScope scope;
  private final Set<String> foreignIntervals = new LinkedHashSet<>();
  private final Map<String, Oldest> oldest = new TreeMap<>();
  private final List<AuditSeries> external = new ArrayList<>();

  /// @param tick the provider's oldest tick that is kept; `Long.MAX_VALUE` without one
  /// @param pruned whether bars made from ticks end before it, so that older ticks are gone
  record Oldest(long tick, boolean pruned) {}

  private record Edges(long first, long last) {}

  Inventory(Connection connection, AuditScope scope) {
    this.connection = connection;
    this.scope = scope;
  }

  /// Every series of the scope, whether a worker builds it or it is in the table; ordered by
  /// provider and symbol.
  List<AuditSeries> read(Function<String, SortedSet<Interval>> built) throws SQLException {
    List<AuditSeries> all = new ArrayList<>();
    for (String provider : providers()) {
      List<String> everySymbol = symbols(provider);
      List<String> symbols =
          scope.symbols().isEmpty()
              ? everySymbol
              : scope.symbols().stream().map(Symbol::value).filter(everySymbol::contains).toList();
      Map<String, Edges> ticks = ticks(provider, everySymbol);
      List<AuditSeries> stored = bars(provider, symbols);
      stored.stream().filter(series -> series.firstBar() == Long.MAX_VALUE).forEach(external::add);
      all.addAll(complete(provider, symbols, ticks, stored, built.apply(provider)));
      long first = ticks.values().stream().mapToLong(Edges::first).min().orElse(Long.MAX_VALUE);
      boolean pruned =
          stored.stream()
              .anyMatch(series ->
                  series.firstBar() != Long.MAX_VALUE
                      && series.firstBar() + series.interval().micros() <= first);
      oldest.put(provider, new Oldest(first, pruned));
    }
    return all;
  }

  Oldest oldest(String provider) {
    return oldest.getOrDefault(provider, new Oldest(Long.MAX_VALUE, false));
  }

  /// The series of which all bars came as bars, with those as their edges, ticks aside.
  List<AuditSeries> external() {
    return external;
  }

  /// Texts in the table that are not a canonical interval: they cannot be compared with anything.
  Set<String> foreignIntervals() {
    return foreignIntervals;
  }

  private List<AuditSeries> complete(
      String provider,
      List<String> symbols,
      Map<String, Edges> ticks,
      List<AuditSeries> stored,
      SortedSet<Interval> built) {
    Map<String, Map<Interval, AuditSeries>> bySymbol = new TreeMap<>();
    for (AuditSeries series : stored) {
      bySymbol
          .computeIfAbsent(series.symbol().value(), _ -> new TreeMap<>())
          .put(series.interval(), series);
    }
    List<AuditSeries> all = new ArrayList<>();
    for (String symbol : symbols) {
      Map<Interval, AuditSeries> bars = bySymbol.getOrDefault(symbol, Map.of());
      Edges edges = ticks.getOrDefault(symbol, new Edges(Long.MAX_VALUE, Long.MIN_VALUE));
      SortedSet<Interval> wanted = new TreeSet<>(scope.intervals());
      if (wanted.isEmpty()) {
        wanted.addAll(built);
        wanted.addAll(bars.keySet());
      }
      for (Interval interval : wanted) {
        all.add(series(provider, new Symbol(symbol), interval, edges, bars.get(interval)));
      }
    }
    return all;
  }

  private static AuditSeries series(
      String provider, Symbol symbol, Interval interval, Edges ticks, @Nullable AuditSeries bars) {
    return new AuditSeries(
        provider,
        symbol,
        interval,
        Math.min(ticks.first(), bars == null ? Long.MAX_VALUE : bars.first()),
        Math.max(ticks.last(), bars == null ? Long.MIN_VALUE : bars.last()),
        bars == null ? Long.MAX_VALUE : bars.firstBar(),
        bars == null ? Long.MIN_VALUE : bars.lastBar());
  }

  private Collection<String> providers() throws SQLException {
    if (scope.provider().isPresent()) {
      return List.of(scope.provider().get());
    }
    SortedSet<String> providers = new TreeSet<>(names(PROVIDERS.formatted("tick_data")));
    providers.addAll(names(PROVIDERS.formatted("bars_ohlcv")));
    return providers;
  }

  private List<String> symbols(String provider) throws SQLException {
    SortedSet<String> symbols =
        new TreeSet<>(names(SYMBOLS.formatted("tick_data"), provider, provider));
    symbols.addAll(names(SYMBOLS.formatted("bars_ohlcv"), provider, provider));
    symbols.removeIf(symbol -> !Symbol.isCanonical(symbol));
    return List.copyOf(symbols);
  }

  private Map<String, Edges> ticks(String provider, List<String> symbols) throws SQLException {
    Map<String, Edges> edges = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(TICKS)) {
      statement.setString(1, provider);
      statement.setString(2, provider);
      statement.setArray(3, connection.createArrayOf("text", symbols.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          if (row.getObject(2) != null) {
            edges.put(row.getString(1), new Edges(time(row, 2, 0), time(row, 3, 0)));
          }
        }
      }
    }
    return edges;
  }

  private List<AuditSeries> bars(String provider, List<String> symbols) throws SQLException {
    List<AuditSeries> all = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(BARS)) {
      int next = 1;
      while (next <= 4) {
        statement.setString(next++, provider);
      }
      statement.setArray(next++, connection.createArrayOf("text", symbols.toArray()));
      statement.setString(next++, provider);
      statement.setString(next, provider);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Optional<Interval> interval = canonical(row.getString(2));
          if (interval.isPresent()) {
            all.add(
                new AuditSeries(
                    provider,
                    new Symbol(row.getString(1)),
                    interval.get(),
                    time(row, 3, Long.MAX_VALUE),
                    time(row, 4, Long.MIN_VALUE),
                    time(row, 5, Long.MAX_VALUE),
                    time(row, 6, Long.MIN_VALUE)));
          }
        }
      }
    }
    return all;
  }

  private Optional<Interval> canonical(String text) {
    try {
      Interval interval = Interval.parse(text);
      if (interval.toString().equals(text)) {
        return Optional.of(interval);
      }
    } catch (IllegalArgumentException e) {
      // told with the others
    }
    foreignIntervals.add(text);
    return Optional.empty();
  }

  private static long time(ResultSet row, int column, long absent) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? absent : Micros.of(time.toInstant());
  }

  private List<String> names(String sql, String... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      List<String> names = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
      return names;
    }
  }
}
