package dev.mdp.providers.dataset;

import dev.mdp.core.event.Bar;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// How the events of one sorted run stand in its file. They are of one provider, lane and kind,
/// which are not written. One thread.
final class RunFormat {
  private final String provider;
  private final String lane;
  private final @Nullable Interval interval;
  private final SymbolNumbers numbers;

  /// @param any event of the run: they differ in what is written alone
  RunFormat(MarketEvent any, SymbolNumbers numbers) {
    this.provider = any.provider();
    this.lane = any.lane();
    this.interval = any instanceof BarEvent bar ? bar.bar().interval() : null;
    this.numbers = numbers;
  }

  void write(DataOutputStream out, MarketEvent event) throws IOException {
    out.writeInt(numbers.number(EventStream.symbol(event)));
    out.writeLong(EventStream.micros(event));
    out.writeLong(EventStream.seq(event));
    switch (event) {
      case Tick tick -> {
        out.writeLong(tick.ingestMicros());
        out.writeDouble(tick.price());
        out.writeDouble(tick.size());
        out.writeDouble(tick.bid());
        out.writeDouble(tick.ask());
      }
      case BarEvent bar -> {
        out.writeLong(bar.ingestMicros());
        out.writeDouble(bar.bar().open());
        out.writeDouble(bar.bar().high());
        out.writeDouble(bar.bar().low());
        out.writeDouble(bar.bar().close());
        out.writeDouble(bar.bar().volume());
      }
      case LaneEnd _ -> throw new IllegalArgumentException("no row of a file: " + event);
    }
  }

  MarketEvent read(DataInputStream in) throws IOException {
    Symbol symbol = numbers.symbol(in.readInt());
    long micros = in.readLong();
    long seq = in.readLong();
    long ingest = in.readLong();
    return interval == null
        ? tick(in, symbol, micros, seq, ingest)
        : new BarEvent(bar(in, symbol, interval, micros), seq, ingest);
  }

  private Tick tick(DataInputStream in, Symbol symbol, long micros, long seq, long ingest)
      throws IOException {
    return new Tick(
        provider,
        lane,
        symbol,
        micros,
        seq,
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        ingest);
  }

  private Bar bar(DataInputStream in, Symbol symbol, Interval each, long start) throws IOException {
    return new Bar(
        provider,
        lane,
        symbol,
        each,
        start,
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        Double.NaN,
        Bar.EXTERNAL);
  }
}
