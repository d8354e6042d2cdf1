package dev.mdp.cli.producers;

import dev.mdp.cli.output.Column;
import dev.mdp.cli.output.ResultPrinter;
import dev.mdp.config.VenueConfig;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.ClockDifference;
import dev.mdp.runtime.ProbedStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a test of a producer has found so far. One thread.
final class ProbeReport {
  private static final List<Column<Tick>> TRADES =
      List.of(
          Column.text("src_ts", trade -> Micros.instant(trade.srcMicros())),
          Column.number("price", Tick::price),
          Column.number("size", Tick::size),
          Column.number("id", Tick::seq));

  private final Map<String, @Nullable Object> facts = new LinkedHashMap<>();
  private List<Tick> trades = List.of();

  ProbeReport(VenueConfig config) {
    facts.put("provider", config.name());
    facts.put("type", config.type().word());
  }

  void symbol(Symbol symbol) {
    facts.put("symbol", symbol.value());
  }

  /// Whether the venue lists the symbol, in words.
  void listed(String words) {
    facts.put("listed", words);
  }

  void stream(ProbedStream found, Duration time) {
    trades = found.trades();
    facts.put("connected", found.connected());
    facts.put("confirmed", found.confirmed());
    facts.put("received", trades.size());
    facts.put("clock_ahead_ms", found.clockAhead().map(Duration::toMillis).orElse(null));
    if (!found.remarks().isEmpty()) {
      facts.put("remarks", found.remarks());
    }
    if (found.confirmed() && trades.isEmpty() && found.failure().isEmpty()) {
      facts.put(
          "note",
          "no trade came within %s, though the venue confirmed the symbol"
              .formatted(ClockDifference.words(time)));
    }
  }

  /// Whether past trades can be had, in words.
  void history(String words) {
    facts.put("history", words);
  }

  /// Everything, for programs.
  Map<String, @Nullable Object> data() {
    Map<String, @Nullable Object> data = new LinkedHashMap<>(facts);
    data.put("trades", trades.stream().map(ProbeReport::data).toList());
    return data;
  }

  private static Map<String, @Nullable Object> data(Tick trade) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    TRADES.forEach(column -> data.put(column.name(), column.value().apply(trade)));
    data.put("src_ts", Micros.format(trade.srcMicros()));
    return data;
  }

  void print(ResultPrinter printer, boolean isTable) {
    if (!isTable) {
      printer.object(data());
      return;
    }
    if (!trades.isEmpty()) {
      printer.print(TRADES, trades);
    }
    printer.object(facts);
  }
}
