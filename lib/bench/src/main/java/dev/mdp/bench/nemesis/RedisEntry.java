package dev.mdp.bench.nemesis;

import dev.mdp.core.bus.Position;
import dev.mdp.testkit.net.RespClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One entry of a Redis stream, as XRANGE answers it.
record RedisEntry(Position position, Map<String, String> fields) {
  /// The command that reads the dead letters after this one.
  static String[] lettersAfter(Position last) {
    return new String[] {"XRANGE", TestBed.DEAD_LETTERS, "(" + last, "+"};
  }

  static List<RedisEntry> all(@Nullable Object answer) throws IOException {
    List<RedisEntry> all = new ArrayList<>();
    for (Object each : RespClient.list(answer)) {
      List<?> entry = RespClient.list(each);
      List<?> words = RespClient.list(entry.get(1));
      Map<String, String> fields = new TreeMap<>();
      for (int i = 0; i + 1 < words.size(); i += 2) {
        fields.put(String.valueOf(words.get(i)), String.valueOf(words.get(i + 1)));
      }
      all.add(new RedisEntry(Position.parse(String.valueOf(entry.getFirst())), fields));
    }
    return all;
  }

  String data() {
    return fields.getOrDefault("data", "");
  }
}
