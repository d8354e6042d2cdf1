package dev.mdp.bus.codec;

import dev.mdp.core.event.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The entries that benchmarks read and write: 285 bytes each, in the contract's layout.
public final class BenchmarkEntries {
  private BenchmarkEntries() {}

  public static List<byte[]> of(int events, int symbols) {
    SplittableRandom random = new SplittableRandom(7);
    List<byte[]> entries = new ArrayList<>(events);
    for (int i = 0; i < events; i++) {
      entries.add(Entries.bytes(Entries.contractTick(random, i % symbols, i)));
    }
    return entries;
  }

  public static List<Tick> ticks(int events, int symbols) {
    EventCodec codec = new EventCodec();
    List<Tick> ticks = new ArrayList<>(events);
    for (byte[] entry : of(events, symbols)) {
      ticks.add((Tick) codec.decode(entry));
    }
    return ticks;
  }
}
