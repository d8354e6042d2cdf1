package dev.mdp.cli.verify;

import dev.mdp.core.audit.StoredCopy;
import dev.mdp.core.audit.TwiceTrade;
import dev.mdp.core.event.Micros;
import dev.mdp.ops.audit.TwiceResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a trade that is stored twice is printed, under the names of a finding's columns: `stored` is
/// the copy that is too many, `recomputed` the one that counts.
final class TwiceRow {
  private TwiceRow() {}

  static Map<String, @Nullable Object> of(TwiceTrade trade) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("verdict", "twice");
    row.put("provider", trade.provider());
    row.put("symbol", trade.symbol().value());
    row.put("ts", Micros.instant(trade.other().micros()));
    row.put(
        "difference",
        "id %d is also there at %s, price %s"
            .formatted(trade.seq(), Micros.instant(trade.kept().micros()), trade.kept().price()));
    row.put("stored", values(trade.seq(), trade.other()));
    row.put("recomputed", values(trade.seq(), trade.kept()));
    return row;
  }

  private static Map<String, @Nullable Object> values(long seq, StoredCopy copy) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("seq", seq);
    values.put("ts", Micros.instant(copy.micros()));
    values.put("price", copy.price());
    values.put("size", number(copy.size()));
    values.put("bid", number(copy.bid()));
    values.put("ask", number(copy.ask()));
    return values;
  }

  private static @Nullable Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /// What is told at the end; nothing when no trade is stored twice.
  static Optional<String> summary(TwiceResult result) {
    if (result.found() == 0) {
      return Optional.empty();
    }
    String line =
        String.format(
            Locale.ROOT,
            "twice: %,d copies of trades are stored under a second time; moved %,d and wrote %,d bars",
            result.found(),
            result.moved().trades(),
            result.moved().bars());
    return Optional.of(
        result.moved().waiting() == 0
            ? line
            : line
                + String.format(
                    Locale.ROOT,
                    ", left %,d whose windows are not sealed or whose ticks are on the way",
                    result.moved().waiting()));
  }
}
