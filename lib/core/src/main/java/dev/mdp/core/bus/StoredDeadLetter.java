package dev.mdp.core.bus;

import dev.mdp.core.event.Micros;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A dead letter as it is in `<topic>.dlq`. The same letter may be there more than once: its
/// identity decides, not its place.
///
/// @param id its place in the topic of dead letters
public record StoredDeadLetter(Position id, DeadLetter letter) {
  private static final String UNKNOWN = "unknown";

  /// Anyone may append to that topic: what an entry does not say, or says in a way no one
  /// understands, is `unknown`, and its position is then its own.
  public static StoredDeadLetter of(LogEntry entry) {
    Map<String, String> fields = entry.fields();
    String intervals = fields.getOrDefault("intervals", "");
    return new StoredDeadLetter(
        entry.position(),
        new DeadLetter(
            fields.getOrDefault("group", UNKNOWN),
            fields.getOrDefault("topic", UNKNOWN),
            (int) number(fields, "shard", 0),
            position(fields.get("position"), entry.position()),
            fields.getOrDefault("provider", UNKNOWN),
            fields.getOrDefault("reason", UNKNOWN),
            fields.getOrDefault("detail", ""),
            intervals.isEmpty() ? List.of() : List.of(intervals.split(",", -1)),
            entry.data(),
            at(fields.get("at"), entry.appendMicros()),
            number(fields, "late_ms", DeadLetter.NOT_LATE)));
  }

  /// What an entry says of this letter besides its payload.
  public static Map<String, String> fields(DeadLetter letter) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("group", letter.group());
    fields.put("reason", letter.reason());
    fields.put("intervals", String.join(",", letter.intervals()));
    fields.put("topic", letter.topic());
    fields.put("shard", Integer.toString(letter.shard()));
    fields.put("position", letter.position().toString());
    fields.put("at", Micros.format(letter.atMicros()));
    fields.put("detail", letter.detail());
    fields.put("provider", letter.provider());
    if (letter.lateMillis() != DeadLetter.NOT_LATE) {
      fields.put("late_ms", Long.toString(letter.lateMillis()));
    }
    return fields;
  }

  private static Position position(@Nullable String text, Position own) {
    try {
      return text == null ? own : Position.parse(text);
    } catch (IllegalArgumentException e) {
      return own;
    }
  }

  private static long at(@Nullable String text, long appended) {
    try {
      return text == null ? appended : Micros.parse(text);
    } catch (IllegalArgumentException e) {
      return appended;
    }
  }

  private static long number(Map<String, String> fields, String name, long otherwise) {
    String text = fields.getOrDefault(name, "");
    return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : otherwise;
  }
}
