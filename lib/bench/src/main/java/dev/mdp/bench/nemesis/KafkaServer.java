package dev.mdp.bench.nemesis;

import dev.mdp.bus.kafka.KafkaBus;
import dev.mdp.bus.kafka.KafkaSettings;
import dev.mdp.core.bus.LogEntry;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.RawPublisher;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.metrics.BusMetrics;
import dev.mdp.embedded.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// A Kafka broker whose group takes a member that says nothing for six seconds as gone.
final class KafkaServer implements LogServer {
  static final long SESSION_MILLIS = 6_000;

  /// What cannot be done to a pipeline on this log.
  static final Set<FaultKind> NO_FAULTS =
      Set.of(FaultKind.XADD, FaultKind.CUT, FaultKind.FLUSH, FaultKind.TRIM);

  private static final int READ_AT_ONCE = 5_000;

  private final EmbeddedKafka broker;
  private final KafkaBus bus;

  KafkaServer() {
    broker =
        EmbeddedKafka.startTemporary(
            Path.of(System.getenv().getOrDefault("MDP_KAFKA_LIB", "lib/kafka-broker/target/lib")),
            Map.of(
                "group.consumer.session.timeout.ms",
                Long.toString(SESSION_MILLIS),
                "group.consumer.heartbeat.interval.ms",
                "1000"));
    bus =
        new KafkaBus(
            KafkaSettings.of(
                broker.bootstrapServers(), TestBed.TOPIC, TestBed.SHARDS, new TreeMap<>()),
            BusMetrics.NONE);
    bus.topics().create(List.of(TestBed.TOPIC, TestBed.DEAD_LETTERS), 1);
  }

  @Override
  public String configuration() {
    return "{ type: kafka, kafka: { bootstrap_servers: \"%s\", topic: %s, consumer_group: %s, partitions: %d } }"
        .formatted(broker.bootstrapServers(), TestBed.TOPIC, TestBed.GROUP, TestBed.SHARDS);
  }

  @Override
  public List<String> address() {
    return List.of("kafka", broker.bootstrapServers());
  }

  @Override
  public String version() {
    return "Kafka " + broker.version();
  }

  @Override
  public Position last(int shard) throws IOException {
    return answer(() -> bus.inspector().bounds(TestBed.TOPIC, shard).lastEver());
  }

  @Override
  public void append(int shard, String data) throws IOException {
    answer(() -> {
      try (RawPublisher publisher = bus.openRaw(TestBed.TOPIC)) {
        publisher.publish(shard, List.of(data.getBytes(StandardCharsets.UTF_8)));
      }
      return shard;
    });
  }

  @Override
  public void readLetters(DeadLetterTail letters) throws IOException {
    synchronized (letters) {
      for (LogEntry entry : entriesAfter(TestBed.DEAD_LETTERS, 0, letters.last())) {
        Map<String, String> fields = new TreeMap<>(entry.fields());
        fields.put("data", text(entry));
        letters.take(entry.position(), fields);
      }
    }
  }

  @Override
  public void readEntries(LogTap tap) throws IOException {
    for (int shard = 0; shard < TestBed.SHARDS; shard++) {
      for (LogEntry entry : entriesAfter(TestBed.TOPIC, shard, tap.last(shard))) {
        tap.entry(shard, entry.position(), text(entry));
      }
    }
  }

  @Override
  public OptionalLong entries() throws IOException {
    long all = 0;
    for (int shard = 0; shard < TestBed.SHARDS; shard++) {
      int one = shard;
      all += answer(() -> bus.inspector().bounds(TestBed.TOPIC, one)).length();
    }
    return OptionalLong.of(all);
  }

  /// SIGKILL, and started again after a while.
  void kill(long downMillis) {
    broker.kill();
    NemesisTimes.sleep(downMillis);
    broker.startAgain();
  }

  /// SIGSTOP or SIGCONT.
  void signal(String signal) throws IOException {
    ManagedProcess.signal(broker.pid(), signal);
  }

  @Override
  public void heal() throws IOException {
    signal("CONT");
  }

  private List<LogEntry> entriesAfter(String topic, int shard, Position last) throws IOException {
    return answer(() ->
        bus.inspector().read(topic, shard, last, READ_AT_ONCE).stream()
            .filter(entry -> entry.position().isAfter(last))
            .toList());
  }

  private static String text(LogEntry entry) {
    return new String(entry.data(), StandardCharsets.UTF_8);
  }

  private static <T> T answer(Supplier<T> question) throws IOException {
    try {
      return question.get();
    } catch (UnavailableException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    heal();
    bus.close();
    broker.close();
  }
}
