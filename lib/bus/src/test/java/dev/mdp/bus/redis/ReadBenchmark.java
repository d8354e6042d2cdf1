package dev.mdp.bus.redis;

import com.sun.management.OperatingSystemMXBean;
import dev.mdp.bus.codec.BenchmarkEntries;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.Publisher;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.event.Tick;
import dev.mdp.embedded.redis.EmbeddedRedis;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Reads a pre-filled stream (a) with a bare loop of the same client that only counts entries and
/// (b) through [ShardSubscription#poll], in alternating rounds, and prints events per second, CPU
/// time and the ratio. `java -cp … dev.mdp.bus.redis.ReadBenchmark [events [rounds]]`.
public final class ReadBenchmark {
  private static final int BATCH = 5_000;
  private static final String TOPIC = "mdp.events";

  private record Result(long nanos, long ownCpu, long serverCpu) {}

  private ReadBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
    try (EmbeddedRedis redis = EmbeddedRedis.startTemporary();
        RedisBus bus =
            new RedisBus(RedisSettings.of(redis.uri(), TOPIC, 1), new CountingMetrics())) {
      fill(redis, events);
      List<Result> bare = new ArrayList<>();
      List<Result> polled = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        bare.add(measured(redis, () -> bareLoop(redis.uri()), events));
        polled.add(measured(redis, () -> pollLoop(bus), events));
      }
      double a = print("bare loop", bare, events);
      double b = print("poll", polled, events);
      System.out.printf("ratio %.2f%n", b / a);
      publish(bus, redis, Math.min(events, 500_000));
    }
  }

  private static void fill(EmbeddedRedis redis, int events) throws Exception {
    RedisSettings settings = RedisSettings.of(redis.uri(), TOPIC, 1);
    long before = System.nanoTime();
    try (RedisConnector connector = new RedisConnector(settings)) {
      StreamAppender appender =
          new StreamAppender(
              new RedisLink(connector, settings.commandTimeout()), "events", Duration.ZERO);
      byte[] key = TOPIC.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      List<StreamAppender.Entry> batch = new ArrayList<>();
      for (byte[] entry : BenchmarkEntries.of(events, 500)) {
        batch.add(new StreamAppender.Entry(key, RedisPublisher.DATA, entry));
        if (batch.size() == 500) {
          appender.append(batch);
          batch.clear();
        }
      }
      appender.append(batch);
      appender.close();
    }
    System.out.printf(
        "filled %,d events with AOF: %,.0f events/s%n",
        events, events * 1e9 / (System.nanoTime() - before));
  }

  private static Result measured(
      EmbeddedRedis redis, java.util.concurrent.Callable<Long> loop, int events) throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long server = serverCpu(redis);
    long before = System.nanoTime();
    long read = loop.call();
    Result result =
        new Result(
            System.nanoTime() - before,
            system.getProcessCpuTime() - cpu,
            serverCpu(redis) - server);
    if (read != events) {
      throw new IllegalStateException("read " + read + " of " + events);
    }
    return result;
  }

  private static long bareLoop(String uri) throws Exception {
    RedisSettings settings = RedisSettings.of(uri, TOPIC, 1);
    long count = 0;
    try (RedisConnector connector = new RedisConnector(settings);
        RedisLink link = new RedisLink(connector, settings.commandTimeout())) {
      String after = "0-0";
      EntryBatch batch = new EntryBatch();
      while (true) {
        link.call(
            Verb.XREAD,
            new EntriesOutput(batch, EntriesOutput.BY_STREAM, 0),
            "count",
            BATCH,
            "streams",
            TOPIC,
            after);
        if (batch.count() == 0) {
          return count;
        }
        count += batch.count();
        after = batch.position(batch.count() - 1).toString();
      }
    }
  }

  private static long pollLoop(RedisBus bus) {
    long count = 0;
    double sum = 0;
    try (ShardSubscription subscription = bus.openShard(TOPIC, 0)) {
      subscription.seek(Position.START);
      List<Delivery> deliveries;
      while (!(deliveries = subscription.poll(BATCH, Duration.ZERO)).isEmpty()) {
        for (Delivery delivery : deliveries) {
          if (delivery instanceof Delivery.Decoded decoded
              && decoded.event() instanceof Tick tick) {
            sum += tick.price();
            count++;
          }
        }
      }
    }
    return sum > 0 ? count : -1;
  }

  private static void publish(RedisBus bus, EmbeddedRedis redis, int events) throws Exception {
    List<Tick> ticks = BenchmarkEntries.ticks(events, 500);
    List<Result> results = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      results.add(
          measured(
              redis,
              () -> {
                try (Publisher publisher = bus.openPublisher(TOPIC)) {
                  for (int from = 0; from < events; from += BATCH) {
                    publisher.publish(ticks.subList(from, Math.min(events, from + BATCH)));
                  }
                }
                return (long) events;
              },
              events));
    }
    print("publish", results, events);
  }

  private static double print(String name, List<Result> results, int events) {
    List<Result> sorted =
        results.stream().sorted(java.util.Comparator.comparingLong(Result::nanos)).toList();
    Result median = sorted.get(sorted.size() / 2);
    double rate = events * 1e9 / median.nanos;
    System.out.printf(
        "%-10s median of %d: %,.0f events/s, CPU an event: own %.2f µs, server %.2f µs%n",
        name, sorted.size(), rate, median.ownCpu / 1e3 / events, median.serverCpu / 1e3 / events);
    return rate;
  }

  private static long serverCpu(EmbeddedRedis redis) throws Exception {
    String stat = Files.readString(Path.of("/proc", Long.toString(redis.pid()), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10_000_000L;
  }
}
