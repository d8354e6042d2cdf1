package dev.mdp.bench.nemesis;

import dev.mdp.core.bus.Position;
import dev.mdp.embedded.redis.EmbeddedRedis;
import dev.mdp.testkit.net.RedisWire;
import dev.mdp.testkit.net.RespClient;
import dev.mdp.testkit.net.TcpProxy;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// A Redis with an append-only file and a proxy before it. The workers know only the proxy.
final class RedisServer implements LogServer {
  /// What cannot be done to a pipeline on this log.
  static final Set<FaultKind> NO_FAULTS = Set.of(FaultKind.BROKER_KILL, FaultKind.BROKER_STOP);

  private final EmbeddedRedis redis;
  private final RedisWire wire = new RedisWire();
  private final TcpProxy proxy;
  private final AofSizes aofSizes;

  RedisServer() throws IOException {
    redis = EmbeddedRedis.startTemporary("--auto-aof-rewrite-percentage", "0");
    proxy = new TcpProxy(redis.port(), wire);
    aofSizes = new AofSizes(redis.folder().resolve("appendonly.aof"));
  }

  @Override
  public String configuration() {
    return "{ type: redis, redis: { uri: \"%s\", stream: %s, consumer_group: %s, shards: %d, retention: 2m } }"
        .formatted(uri(), TestBed.TOPIC, TestBed.GROUP, TestBed.SHARDS);
  }

  @Override
  public List<String> address() {
    return List.of("redis", uri());
  }

  private String uri() {
    return "redis://127.0.0.1:" + proxy.port() + "/0";
  }

  @Override
  public String version() {
    return "Redis " + redis.version();
  }

  /// What may lose answers on their way.
  RedisWire wire() {
    return wire;
  }

  /// To the server itself, not through the proxy.
  RespClient client() throws IOException {
    return new RespClient(redis.port());
  }

  @Override
  public Position last(int shard) throws IOException {
    try (RespClient client = client()) {
      List<?> entries =
          RespClient.list(client.call("XREVRANGE", TestBed.stream(shard), "+", "-", "COUNT", "1"));
      return entries.isEmpty()
          ? Position.START
          : Position.parse(String.valueOf(RespClient.list(entries.getFirst()).getFirst()));
    }
  }

  @Override
  public void append(int shard, String data) throws IOException {
    try (RespClient client = client()) {
      client.call("XADD", TestBed.stream(shard), "*", "data", data);
    }
  }

  @Override
  public void readLetters(DeadLetterTail letters) throws IOException {
    try (RespClient client = client()) {
      readLetters(letters, client);
    }
  }

  /// No one else may read them meanwhile.
  void readLetters(DeadLetterTail letters, RespClient client) throws IOException {
    synchronized (letters) {
      RedisEntry.all(client.call(RedisEntry.lettersAfter(letters.last())))
          .forEach(entry -> letters.take(entry.position(), entry.fields()));
    }
  }

  @Override
  public void readEntries(LogTap tap) throws IOException {
    try (RespClient client = client()) {
      for (int shard = 0; shard < TestBed.SHARDS; shard++) {
        for (RedisEntry entry :
            RedisEntry.all(
                client.call("XRANGE", TestBed.stream(shard), "(" + tap.last(shard), "+"))) {
          tap.entry(shard, entry.position(), entry.fields().toString());
        }
      }
    }
  }

  /// What was taken out is not known to the entry.
  @Override
  public OptionalLong entries() {
    return OptionalLong.empty();
  }

  @Override
  public void heal() {
    wire.loseAppends(0);
  }

  /// Redis dies and wakes with a file that lacks what it wrote in the last `lostMillis`.
  ///
  /// @return from when on what was acknowledged may be lost, in microseconds
  long cut(long lostMillis) throws IOException {
    AofSizes.Sample sample = aofSizes.sample(lostMillis);
    redis.kill();
    aofSizes.cutTo(sample);
    redis.startAgain();
    return sample.wholeUntilMicros();
  }

  /// Makes the append-only file small again when it has grown large.
  void compact() throws IOException {
    if (aofSizes.isLarge()) {
      try (RespClient client = client()) {
        aofSizes.rewrite(client);
      }
    }
  }

  @Override
  public void close() throws IOException {
    aofSizes.close();
    proxy.close();
    redis.close();
  }
}
