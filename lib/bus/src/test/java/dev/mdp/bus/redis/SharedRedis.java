package dev.mdp.bus.redis;

import dev.mdp.embedded.redis.EmbeddedRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The server that tests share: the one of `MDP_TEST_REDIS_URL`, or one of our own, started once.
final class SharedRedis {
  private static @Nullable String uri;

  private SharedRedis() {}

  static synchronized String uri() {
    String known = uri;
    if (known == null) {
      String given = System.getenv("MDP_TEST_REDIS_URL");
      known = given == null || given.isBlank() ? EmbeddedRedis.startTemporary().uri() : given;
      uri = known;
    }
    return known;
  }

  /// What `redis-cli XADD stream '*' field value …` does.
  static void append(String uri, String stream, Map<String, String> fields) {
    List<Object> arguments = new ArrayList<>(List.of(stream, "*"));
    fields.forEach((field, value) -> {
      arguments.add(field);
      arguments.add(value);
    });
    ask(uri, Verb.XADD, arguments.toArray());
  }

  /// What an operator does with other commands.
  static void run(String uri, Consumer<RedisCommands<String, String>> commands) {
    try (RedisClient client = RedisClient.create(uri);
        StatefulRedisConnection<String, String> connection = client.connect()) {
      commands.accept(connection.sync());
    }
  }

  static List<Object> ask(String uri, Verb verb, Object... arguments) {
    RedisSettings settings = RedisSettings.of(uri, "any", 1);
    try (RedisConnector connector = new RedisConnector(settings);
        RedisLink link = new RedisLink(connector, settings.commandTimeout())) {
      return link.ask(verb, arguments);
    } catch (ServerError e) {
      throw new AssertionError(e);
    }
  }
}
