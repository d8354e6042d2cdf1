package dev.mdp.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.BuiltInDslStoreSuppliers;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.WindowStore;

/// A JVM in which Kafka Streams folds the same topic into the same bars, and keeps them where it
/// keeps its state: in no database, in no further topic but the store's own changelog. Commits,
/// caches and fetches as they are by default, at least once.
///
/// The clock runs from the first entry that it unpacks, so without joining the group, until every
/// tick is folded, so without the commit after it.
///
/// Arguments: `kafka`, `kafkaPid`, `topic`, `events`, `store` (`rocksdb` or `memory`) and `state`,
/// a folder.
final class KafkaStreamsMain {
  private static final String STORE = "bars";
  private static final int THREADS = 2;
  private static final Duration GRACE = Duration.ofMillis(10_500);
  private static final long LOOK_NANOS = 1_000_000;

  private final LongAdder unpacked = new LongAdder();
  private final LongAdder folded = new LongAdder();

  private KafkaStreamsMain() {}

  public static void main(String[] given) {
    new KafkaStreamsMain().run(Child.arguments(given));
  }

  private void run(Map<String, String> arguments) {
    long wanted = Long.parseLong(WorkerParts.required(arguments, "events"));
    long pid = ProcessHandle.current().pid();
    long kafkaPid = Long.parseLong(WorkerParts.required(arguments, "kafkaPid"));
    boolean inMemory = WorkerParts.required(arguments, "store").equals("memory");
    try (KafkaStreams streams =
        new KafkaStreams(
            bars(WorkerParts.required(arguments, "topic"), inMemory).build(),
            settings(arguments))) {
      streams.start();
      await(streams, unpacked, 1);
      Cpu.Times before = new Cpu.Times(Cpu.process(pid), Cpu.process(kafkaPid), 0);
      long begun = System.nanoTime();
      await(streams, folded, wanted);
      long nanos = System.nanoTime() - begun;
      Cpu.Times used = new Cpu.Times(Cpu.process(pid), Cpu.process(kafkaPid), 0).minus(before);
      Map<String, Object> result = new TreeMap<>(stored(streams));
      result.putAll(Map.of("nanos", nanos, "own", used.own(), "kafka", used.redis()));
      result.put("version", version());
      Child.answer(result);
    }
  }

  private StreamsBuilder bars(String topic, boolean inMemory) {
    Materialized<String, StreamsBar, WindowStore<Bytes, byte[]>> store = Materialized.as(STORE);
    if (inMemory) {
      store.withStoreType(BuiltInDslStoreSuppliers.IN_MEMORY);
    }
    StreamsTick.Reader ticks = new StreamsTick.Reader(unpacked);
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(
            topic,
            Consumed.with(Serdes.String(), ticks)
                .withTimestampExtractor((entry, partitionTime) ->
                    entry.value() instanceof StreamsTick tick
                        ? tick.srcMicros() / 1_000
                        : partitionTime))
        .groupByKey()
        .windowedBy(
            TimeWindows.ofSizeAndGrace(Duration.ofNanos(BenchFeed.WINDOW_MICROS * 1_000), GRACE))
        .aggregate(
            StreamsBar::empty,
            (_, tick, bar) -> {
              folded.increment();
              return bar.plus(tick);
            },
            store.withKeySerde(Serdes.String()).withValueSerde(StreamsBar.SERDE));
    return builder;
  }

  private static Properties settings(Map<String, String> arguments) {
    Properties settings = new Properties();
    settings.put(
        StreamsConfig.APPLICATION_ID_CONFIG, "bench-streams-" + ProcessHandle.current().pid());
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, WorkerParts.required(arguments, "kafka"));
    settings.put(
        StreamsConfig.STATE_DIR_CONFIG,
        Path.of(WorkerParts.required(arguments, "state")).toString());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, THREADS);
    return settings;
  }

  /// Waits until the counter is there; throws when Streams has given up.
  private static void await(KafkaStreams streams, LongAdder counter, long wanted) {
    while (counter.sum() < wanted) {
      if (streams.state().hasStartedOrFinishedShuttingDown()) {
        throw new IllegalStateException("Kafka Streams gave up: " + streams.state());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static String version() {
    Properties stated = new Properties();
    try (InputStream in =
        KafkaStreams.class.getResourceAsStream("/kafka/kafka-streams-version.properties")) {
      stated.load(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return stated.getProperty("version", "unknown");
  }

  /// How many bars there are, and their volume.
  private static Map<String, Object> stored(KafkaStreams streams) {
    long rows = 0;
    long volume = 0;
    var store =
        streams.store(
            StoreQueryParameters.fromNameAndType(
                STORE, QueryableStoreTypes.<String, StreamsBar>windowStore()));
    try (var all = store.all()) {
      while (all.hasNext()) {
        rows++;
        volume += Math.round(all.next().value.volume());
      }
    }
    return Map.of("rows", rows, "volume", volume);
  }
}
