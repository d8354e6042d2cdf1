package dev.mdp.cli.stream;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.LogEntry;
import dev.mdp.core.error.Printable;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One entry as `tail` shows it.
///
/// @param signal what is on the topic of signals
record TailRow(LogEntry entry, Delivery delivery, Optional<Signal> signal) {
  private static final int SYMBOL_COLUMNS = 10;

  /// The symbol, or empty for what has none.
  String symbol() {
    if (signal.isPresent()) {
      return signal.get().symbol().value();
    }
    return delivery instanceof Delivery.Decoded decoded
        ? switch (decoded.event()) {
          case Tick tick -> tick.symbol().value();
          case BarEvent bar -> bar.bar().symbol().value();
          case LaneEnd _ -> "";
        }
        : "";
  }

  /// A line for a terminal; control characters are escaped.
  String line() {
    String place =
        "%s  %d/%s"
            .formatted(
                Micros.format(entry.appendMicros()).substring(11, 23),
                entry.shard(),
                entry.position());
    if (signal.isPresent()) {
      return place + "  " + Printable.text(text(signal.get()) + fields());
    }
    return place
        + "  "
        + switch (delivery) {
          case Delivery.Decoded decoded -> Printable.text(text(decoded.event()) + fields());
          case Delivery.Malformed malformed ->
              Printable.text(
                  (malformed.reason().equals("malformed")
                          ? "MALFORMED: "
                          : "MALFORMED " + malformed.reason() + ": ")
                      + malformed.detail()
                      + fields()
                      + "  "
                      + payload(malformed.data()));
        };
  }

  /// An object for programs.
  String json() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("shard", entry.shard());
    object.put("position", entry.position().toString());
    object.put("appended_at", Micros.format(entry.appendMicros()));
    if (!entry.fields().isEmpty()) {
      object.put("fields", new java.util.TreeMap<>(entry.fields()));
    }
    if (signal.isPresent()) {
      object.put("signal", new Json.Raw(new String(entry.data(), StandardCharsets.UTF_8)));
      return Json.write(object);
    }
    switch (delivery) {
      case Delivery.Decoded _ ->
          object.put("event", new Json.Raw(new String(entry.data(), StandardCharsets.UTF_8)));
      case Delivery.Malformed malformed -> {
        object.put("malformed", malformed.reason());
        object.put("detail", malformed.detail());
        object.put("data", new String(malformed.data(), StandardCharsets.UTF_8));
      }
    }
    return Json.write(object);
  }

  private static String text(Signal signal) {
    return "%-10s %s %-16s %s  %s%s%s"
        .formatted(
            signal.provider(),
            padded(signal.symbol()),
            signal.name(),
            Micros.format(signal.tsMicros()),
            signal.value(),
            signal.score().isPresent() ? "  score " + signal.score().getAsDouble() : "",
            signal.meta().isEmpty() ? "" : "  " + signal.meta());
  }

  private static String text(MarketEvent event) {
    String lane = event.lane().isEmpty() ? "" : "  lane " + event.lane();
    return switch (event) {
      case Tick tick ->
          "%-10s %s tick  %s  %s%s  seq %d%s"
              .formatted(
                  tick.provider(),
                  padded(tick.symbol()),
                  Micros.format(tick.srcMicros()),
                  tick.price(),
                  Double.isNaN(tick.size()) ? "" : " x " + tick.size(),
                  tick.seq(),
                  lane);
      case BarEvent bar ->
          "%-10s %s bar %s  %s  o %s h %s l %s c %s v %s%s"
              .formatted(
                  bar.provider(),
                  padded(bar.bar().symbol()),
                  bar.bar().interval(),
                  Micros.format(bar.bar().startMicros()),
                  bar.bar().open(),
                  bar.bar().high(),
                  bar.bar().low(),
                  bar.bar().close(),
                  bar.bar().volume(),
                  lane);
      case LaneEnd end -> "%-10s end%s".formatted(end.provider(), lane);
    };
  }

  /// Letters of some scripts take two columns.
  private static String padded(Symbol symbol) {
    String text = symbol.value();
    return text + " ".repeat(Math.max(0, SYMBOL_COLUMNS - Printable.width(text)));
  }

  private String fields() {
    return entry.fields().isEmpty() ? "" : "  " + new java.util.TreeMap<>(entry.fields());
  }

  private static String payload(byte[] data) {
    String text = new String(data, 0, Math.min(data.length, 200), StandardCharsets.UTF_8);
    return data.length > 200 ? text + "…" : text;
  }
}
