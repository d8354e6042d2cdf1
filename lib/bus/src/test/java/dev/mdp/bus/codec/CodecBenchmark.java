package dev.mdp.bus.codec;

import com.sun.management.ThreadMXBean;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;

/// Prints what reading and writing an event costs: `java -cp … dev.mdp.bus.codec.CodecBenchmark`.
public final class CodecBenchmark {
  private static final int EVENTS = 100_000;
  private static final int ROUNDS = 15;

  private interface Pass {
    double run(byte[][] entries, Tick[] ticks);
  }

  private CodecBenchmark() {}

  public static void main(String[] arguments) {
    SplittableRandom random = new SplittableRandom(7);
    byte[][] entries = new byte[EVENTS][];
    Tick[] ticks = new Tick[EVENTS];
    EventCodec codec = new EventCodec();
    long bytes = 0;
    for (int i = 0; i < EVENTS; i++) {
      entries[i] = Entries.bytes(Entries.contractTick(random, i % 500, i));
      ticks[i] = (Tick) codec.decode(entries[i]);
      bytes += entries[i].length;
    }
    System.out.printf("%d events of %d bytes, 500 symbols%n", EVENTS, bytes / EVENTS);
    measure("predicted", entries, ticks, (data, _) -> decode(codec, data));
    measure("reference", entries, ticks, (data, _) -> decodeByReference(codec, data));
    measure("encode", entries, ticks, (_, events) -> encode(codec, events));
  }

  private static void measure(String name, byte[][] entries, Tick[] ticks, Pass pass) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double best = Double.MAX_VALUE;
    double sum = 0;
    long allocated = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long bytesBefore = threads.getCurrentThreadAllocatedBytes();
      long cpuBefore = threads.getCurrentThreadCpuTime();
      sum += pass.run(entries, ticks);
      double micros = (threads.getCurrentThreadCpuTime() - cpuBefore) / 1e3 / EVENTS;
      best = Math.min(best, micros);
      allocated = (threads.getCurrentThreadAllocatedBytes() - bytesBefore) / EVENTS;
    }
    System.out.printf(
        "%-10s %.3f µs CPU an event, %,.0f events/s, %d bytes allocated an event (check %.0f)%n",
        name, best, 1e6 / best, allocated, sum);
  }

  private static double decode(EventCodec codec, byte[][] entries) {
    double sum = 0;
    for (byte[] entry : entries) {
      MarketEvent event = codec.decode(entry, 0, entry.length);
      sum += event instanceof Tick tick ? tick.price() : 0;
    }
    return sum;
  }

  private static double decodeByReference(EventCodec codec, byte[][] entries) {
    double sum = 0;
    for (byte[] entry : entries) {
      MarketEvent event = codec.decodeByReference(entry, 0, entry.length);
      sum += event instanceof Tick tick ? tick.price() : 0;
    }
    return sum;
  }

  private static double encode(EventCodec codec, Tick[] ticks) {
    double sum = 0;
    for (Tick tick : ticks) {
      sum += codec.encode(tick).length;
    }
    return sum;
  }
}
