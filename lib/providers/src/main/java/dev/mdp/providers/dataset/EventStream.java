package dev.mdp.providers.dataset;

import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// Ticks, or bars, one after the other. One thread; the owner closes it.
interface EventStream extends AutoCloseable {
  /// The order in which a dataset is sent. Events that are equal by it keep their order in the
  /// files.
  Comparator<MarketEvent> ORDER =
      (left, right) -> {
        int byTime = Long.compare(micros(left), micros(right));
        if (byTime != 0) {
          return byTime;
        }
        int bySeq = Long.compare(seq(left), seq(right));
        return bySeq != 0 ? bySeq : symbol(left).compareTo(symbol(right));
      };

  /// The next event, or null at the end.
  @Nullable MarketEvent next();

  @Override
  void close();

  /// The event time, of a bar its start.
  static long micros(MarketEvent event) {
    return event instanceof Tick tick ? tick.srcMicros() : ((BarEvent) event).bar().startMicros();
  }

  static long seq(MarketEvent event) {
    return event instanceof Tick tick ? tick.seq() : ((BarEvent) event).seq();
  }

  static Symbol symbol(MarketEvent event) {
    return event instanceof Tick tick ? tick.symbol() : ((BarEvent) event).bar().symbol();
  }
}
