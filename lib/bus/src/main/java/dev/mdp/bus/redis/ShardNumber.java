package dev.mdp.bus.redis;

import dev.mdp.core.error.ConfigException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Into how many shards a topic is split, as its readers say: it is noted beside the streams, and
/// publishers are held to it, for what goes into a stream of another number is read by no one. A
/// reader that finds such streams says so. A user without the rights to these keys is held to
/// nothing. One thread.
final class ShardNumber {
  private static final Logger LOG = LoggerFactory.getLogger(ShardNumber.class);
  private static final long LOOK_EVERY = Duration.ofMinutes(1).toNanos();
  private static final long TELL_EVERY = Duration.ofHours(1).toNanos();

  private final RedisLink link;
  private final StreamNames names;
  private final String topic;
  private long lookAt = System.nanoTime();
  private long tellAt = lookAt;

  ShardNumber(RedisLink link, StreamNames names, String topic) {
    this.link = link;
    this.names = names;
    this.topic = topic;
  }

  /// Notes the number of someone who reads.
  void note() throws ServerError {
    try {
      link.ask(Verb.SET, key(), names.shards(topic));
    } catch (ServerError e) {
      ignoreMissingRight(e);
    }
  }

  /// Throws [ConfigException] when readers have noted another number.
  void requireSame() throws ServerError {
    String own = Integer.toString(names.shards(topic));
    String readers = noted().orElse(own);
    if (!readers.equals(own)) {
      throw new ConfigException(
          "the workers of %s at Redis at %s read %s shards, bus.redis.shards is %s here: what goes into a stream of"
                  .formatted(topic, link.address(), readers, own)
              + " another number is not read by any worker. Set bus.redis.shards: "
              + readers
              + "; to change the number, stop everything, drop the groups (mdp stream checkpoints drop) and start"
              + " the workers before the producers");
    }
  }

  private Optional<String> noted() throws ServerError {
    try {
      return link.ask(Verb.GET, key()).getFirst() instanceof byte[] text
          ? Optional.of(new String(text, StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (ServerError e) {
      ignoreMissingRight(e);
      return Optional.empty();
    }
  }

  /// At most once a minute: are there streams of the same topic that belong to another number?
  void lookForOthers() throws ServerError {
    long now = System.nanoTime();
    if (now - lookAt < 0) {
      return;
    }
    lookAt = now + LOOK_EVERY;
    List<String> found = others();
    if (!found.isEmpty() && now - tellAt >= 0) {
      tellAt = now + TELL_EVERY;
      LOG.warn(
          "Redis at {} has {}, which belongs to another number of shards than bus.redis.shards: {}: no worker reads what is"
              + " in it. Give producers and workers the same number; DEL it when it is no longer needed",
          link.address(),
          String.join(" and ", found),
          names.shards(topic));
    }
  }

  /// The streams of other numbers that there are.
  List<String> others() throws ServerError {
    List<String> found = new ArrayList<>();
    try {
      for (String stream : names.ofOtherNumbers(topic)) {
        if (link.ask(Verb.EXISTS, stream).getFirst() instanceof Long exist && exist > 0) {
          found.add(stream);
        }
      }
    } catch (ServerError e) {
      ignoreMissingRight(e);
    }
    return found;
  }

  private static void ignoreMissingRight(ServerError error) throws ServerError {
    if (!error.is("NOPERM")) {
      throw error;
    }
  }

  private byte[] key() {
    return (topic + ":shards").getBytes(StandardCharsets.UTF_8);
  }
}
