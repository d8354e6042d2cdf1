package dev.mdp.bench.nemesis;

import dev.mdp.bus.kafka.KafkaBus;
import dev.mdp.bus.kafka.KafkaSettings;
import dev.mdp.bus.redis.RedisBus;
import dev.mdp.bus.redis.RedisSettings;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.Publisher;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.metrics.BusMetrics;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A process that sends ticks and keeps account of them: before a batch goes out every tick of it
/// is written down, and after the acknowledgement its time. So what was sent is known, also when it
/// is killed. Arguments: bus, its address, topic, shards, provider, symbols, rate, log, seed.
///
/// On its input: `clock MS` sets its clock wrong by this much, `end` (or the input's end) ends it.
final class SenderMain {
  private static final long TURN_MILLIS = 50;
  private static final long JITTER_MICROS = 150_000;

  private final Publisher publisher;
  private final String provider;
  private final int symbols;
  private final int perTurn;
  private final BufferedWriter log;
  private final Random random;
  private final Clock clock = Clock.systemUTC();
  private final AtomicLong offsetMicros;
  private List<Tick> last = List.of();
  private long seq;
  private long lastMicros;

  private SenderMain(Publisher publisher, String[] given, BufferedWriter log, AtomicLong offset) {
    this.publisher = publisher;
    this.provider = given[4];
    this.symbols = Integer.parseInt(given[5]);
    this.perTurn = Math.max(1, (int) (Integer.parseInt(given[6]) * TURN_MILLIS / 1_000));
    this.random = new Random(Long.parseLong(given[8]));
    this.log = log;
    this.offsetMicros = offset;
  }

  public static void main(String[] given) throws IOException, InterruptedException {
    AtomicLong offset = new AtomicLong();
    Thread commands = Thread.ofPlatform().daemon().start(() -> listen(offset));
    try (EventBus bus = bus(given[0], given[1], given[2], Integer.parseInt(given[3]));
        Publisher publisher = open(bus, given[2], commands);
        BufferedWriter log = Files.newBufferedWriter(Path.of(given[7]))) {
      SenderMain sender = new SenderMain(publisher, given, log, offset);
      while (commands.isAlive()) {
        sender.turn(commands);
        Thread.sleep(TURN_MILLIS);
      }
    }
  }

  private static EventBus bus(String kind, String address, String topic, int shards) {
    return kind.equals("kafka")
        ? new KafkaBus(KafkaSettings.of(address, topic, shards, new TreeMap<>()), BusMetrics.NONE)
        : new RedisBus(RedisSettings.of(address, topic, shards), BusMetrics.NONE);
  }

  private static Publisher open(EventBus bus, String topic, Thread commands)
      throws InterruptedException {
    while (true) {
      try {
        return bus.openPublisher(topic);
      } catch (UnavailableException e) {
        if (!commands.isAlive()) {
          throw e;
        }
        Thread.sleep(TURN_MILLIS);
      }
    }
  }

  private static void listen(AtomicLong offset) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      @Nullable String line;
      while ((line = in.readLine()) != null && !line.equals("end")) {
        offset.set(Long.parseLong(line.substring("clock ".length())) * 1_000);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void turn(Thread commands) throws IOException {
    List<Tick> batch = batch();
    for (Tick tick : batch) {
      log.write(SentLine.write(tick));
    }
    log.flush();
    publish(batch, commands);
    log.write(SentLine.acknowledged(micros()));
    log.flush();
    if (random.nextInt(30) == 0) {
      publish(last, commands);
    }
    last = batch;
  }

  /// Tries for ever, as a producer does whose source can wait.
  private void publish(List<Tick> batch, Thread commands) {
    while (true) {
      try {
        publisher.publish(batch);
        return;
      } catch (UnavailableException e) {
        if (!commands.isAlive()) {
          throw e;
        }
      }
    }
  }

  private List<Tick> batch() {
    List<Tick> batch = new ArrayList<>(perTurn);
    for (int i = 0; i < perTurn; i++) {
      long at =
          random.nextInt(10) == 0 && lastMicros != 0
              ? lastMicros
              : micros() + offsetMicros.get() - random.nextLong(JITTER_MICROS);
      lastMicros = at;
      batch.add(
          new Tick(
              provider,
              MarketEvent.LIVE,
              new Symbol("S" + random.nextInt(symbols)),
              at,
              seq++,
              90 + random.nextInt(2_000_000) / 1e5,
              random.nextInt(100_000) / 1e3,
              Tick.ABSENT,
              Tick.ABSENT,
              micros()));
    }
    return batch;
  }

  private long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }
}
