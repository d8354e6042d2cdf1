package dev.mdp.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.bus.codec.EventCodec;
import dev.mdp.core.event.Tick;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BenchFeedTest {
  @Test
  void everyEntryHas285BytesAndIsReadAsATickInOrder() {
    BenchFeed feed = BenchFeed.sparse("bench", "bench.sparse", 500, 10_000);
    EventCodec codec = new EventCodec();

    long last = Long.MIN_VALUE;
    for (long i = 0; i < feed.events(); i++) {
      byte[] entry = feed.entry(i);
      assertThat(entry).hasSize(BenchFeed.ENTRY_BYTES);
      Tick tick = (Tick) codec.decode(entry);
      assertThat(tick.srcMicros()).isGreaterThan(last);
      last = tick.srcMicros();
    }
  }

  @Test
  void countsBarsAndVolumeAsTheEntriesSay() {
    BenchFeed feed = BenchFeed.sparse("bench", "bench.sparse", 500, 20_000);
    EventCodec codec = new EventCodec();
    Set<String> bars = new HashSet<>();
    double volume = 0;

    for (long i = 0; i < feed.events(); i++) {
      Tick tick = (Tick) codec.decode(feed.entry(i));
      bars.add(tick.symbol() + "|" + WorkerParts.WINDOW.start(tick.srcMicros()));
      volume += tick.size();
    }

    assertThat(feed.expected()).isEqualTo(new Expected("bench.sparse", bars.size(), (long) volume));
    assertThat(bars.size() / 20_000.0).isBetween(0.29, 0.31);
  }
}
