package dev.mdp.bus.codec;

import dev.mdp.core.event.Tick;

/// The numbers of a tick that is read along a layout. Each is read from where it begins; what comes
/// back is where it ends, or -1 when it is not as predicted. One thread.
final class PredictedNumbers {
  private final NumberParser parser = new NumberParser();
  private long seq;
  private double price;
  private double size;
  private double bid;
  private double ask;

  /// Before a tick: what its layout may leave out is absent.
  void clear() {
    seq = 0;
    size = Tick.ABSENT;
    bid = Tick.ABSENT;
    ask = Tick.ABSENT;
  }

  int readPrice(byte[] data, int at, int to) {
    price = parse(data, at, to);
    return finite(price);
  }

  int readSize(byte[] data, int at, int to) {
    size = parse(data, at, to);
    return size >= 0 ? finite(size) : -1;
  }

  int readBid(byte[] data, int at, int to) {
    bid = parse(data, at, to);
    return finite(bid);
  }

  int readAsk(byte[] data, int at, int to) {
    ask = parse(data, at, to);
    return finite(ask);
  }

  int readSeq(byte[] data, int at, int to) {
    seq = parser.parseLong(data, at, to);
    return parser.end();
  }

  /// Reads a number that does not matter but must be a finite one.
  int skip(byte[] data, int at, int to) {
    return finite(parse(data, at, to));
  }

  long seq() {
    return seq;
  }

  double price() {
    return price;
  }

  double size() {
    return size;
  }

  double bid() {
    return bid;
  }

  double ask() {
    return ask;
  }

  private double parse(byte[] data, int at, int to) {
    return parser.parse(data, at, to) + 0.0;
  }

  private int finite(double value) {
    return Tick.isUsable(value) ? parser.end() : -1;
  }
}
