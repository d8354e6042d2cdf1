package dev.mdp.bus.codec;

import dev.mdp.core.event.Bar;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Names;
import dev.mdp.core.event.Tick;

/// Writes events as compact JSON, fields in the order of the contract's example. Optional numbers
/// are left out when absent. One thread.
final class EventEncoder {
  private final JsonLine line = new JsonLine();
  private String lastProvider = "";

  byte[] encode(MarketEvent event) {
    requireNames(event);
    line.clear();
    line.raw("{\"ver\":1,\"provider\":\"").raw(event.provider());
    switch (event) {
      case Tick tick -> tick(tick);
      case BarEvent bar -> bar(bar);
      case LaneEnd _ -> line.raw("\",\"kind\":\"end\"");
    }
    if (!event.lane().isEmpty()) {
      line.raw(",\"lane\":\"").raw(event.lane()).raw("\"");
    }
    return line.raw("}").bytes();
  }

  private void tick(Tick tick) {
    String symbol = tick.symbol().value();
    line.raw("\",\"symbol\":\"").text(symbol).raw("\",\"kind\":\"tick\"");
    times(tick.srcMicros(), tick.ingestMicros());
    line.raw(",\"c\":").number("price", tick.price());
    if (!Double.isNaN(tick.size())) {
      if (tick.size() < 0) {
        throw new IllegalArgumentException("size is negative: " + tick.size());
      }
      line.raw(",\"v\":").number("size", tick.size());
    }
    if (!Double.isNaN(tick.bid())) {
      line.raw(",\"bid\":").number("bid", tick.bid());
    }
    if (!Double.isNaN(tick.ask())) {
      line.raw(",\"ask\":").number("ask", tick.ask());
    }
    identity(tick.provider(), symbol, tick.srcMicros(), tick.seq());
  }

  private void bar(BarEvent event) {
    Bar bar = event.bar();
    if (bar.volume() < 0) {
      throw new IllegalArgumentException("volume is negative: " + bar.volume());
    }
    String symbol = bar.symbol().value();
    line.raw("\",\"symbol\":\"").text(symbol).raw("\",\"kind\":\"bar\",\"interval\":\"");
    line.raw(bar.interval().toString()).raw("\"");
    times(bar.startMicros(), event.ingestMicros());
    line.raw(",\"o\":").number("open", bar.open());
    line.raw(",\"h\":").number("high", bar.high());
    line.raw(",\"l\":").number("low", bar.low());
    line.raw(",\"c\":").number("close", bar.close());
    line.raw(",\"v\":").number("volume", bar.volume());
    identity(bar.provider(), symbol, bar.startMicros(), event.seq());
  }

  private void times(long srcMicros, long ingestMicros) {
    requireInRange("src_ts", srcMicros);
    requireInRange("ingest_ts", ingestMicros);
    line.raw(",\"src_ts\":\"").time(srcMicros);
    line.raw("\",\"ingest_ts\":\"").time(ingestMicros).raw("\"");
  }

  private void identity(String provider, String symbol, long srcMicros, long seq) {
    if (!Tick.isUsableSeq(seq)) {
      throw new IllegalArgumentException("seq is " + seq + ", the one that no event may have");
    }
    line.raw(",\"seq\":").integer(seq);
    line.raw(",\"event_id\":\"").raw(provider).raw("|").text(symbol).raw("|");
    line.time(srcMicros).raw("|").integer(seq).raw("\"");
  }

  private void requireNames(MarketEvent event) {
    if (!event.provider().equals(lastProvider)) {
      lastProvider = Names.require("provider", event.provider());
    }
    if (!event.lane().isEmpty()) {
      Names.require("lane", event.lane());
    }
  }

  private static void requireInRange(String what, long micros) {
    if (!Micros.inRange(micros)) {
      throw new IllegalArgumentException(what + " is not from 1900 to 2199: " + micros + " µs");
    }
  }
}
