package dev.mdp.store.checkpoints;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.checkpoint.LaneProgress.NotBuilt;
import dev.mdp.core.event.Interval;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The JSON columns of a checkpoint. Times are microseconds, as numbers; `sealed_through` and
/// `begins_at` are `{"2s": micros}`.
final class CheckpointJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final JsonMapper READER = new JsonMapper();

  private CheckpointJson() {}

  static String lanes(List<LaneProgress> lanes) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (LaneProgress lane : lanes) {
        json.writeStartObject();
        json.writeStringField("provider", lane.provider());
        json.writeStringField("lane", lane.lane());
        json.writeNumberField("watermark", lane.watermarkMicros());
        json.writeNumberField("last_append", lane.lastAppendMicros());
        json.writeStringField("last_position", lane.lastPosition().toString());
        writeByInterval(json, "sealed_through", lane.sealedThrough());
        writeByInterval(json, "begins_at", lane.beginsAt());
        json.writeBooleanField("ended", lane.ended());
        json.writeBooleanField("begins_with_next", lane.beginsWithNext());
        json.writeNumberField("conflicting", lane.conflicting());
        if (lane.quietThroughMicros() != LaneProgress.BEFORE_ALL) {
          json.writeNumberField("quiet_through", lane.quietThroughMicros());
        }
        if (!lane.notBuilt().isEmpty()) {
          writeNotBuilt(json, lane.notBuilt());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  static List<LaneProgress> lanes(String text) {
    List<LaneProgress> lanes = new ArrayList<>();
    for (JsonNode lane : tree(text)) {
      lanes.add(
          new LaneProgress(
              lane.path("provider").asText(),
              lane.path("lane").asText(),
              lane.path("watermark").asLong(),
              lane.path("last_append").asLong(),
              Position.parse(lane.path("last_position").asText()),
              byInterval(lane.path("sealed_through")),
              byInterval(lane.path("begins_at")),
              lane.path("ended").asBoolean(),
              lane.path("begins_with_next").asBoolean(),
              lane.path("conflicting").asLong(),
              lane.path("quiet_through").asLong(LaneProgress.BEFORE_ALL),
              notBuilt(lane.path("not_built"))));
    }
    return lanes;
  }

  /// `{"2s": [[from, until], [from]]}`; the last time has no end while it lasts.
  private static void writeNotBuilt(
      JsonGenerator json, SortedMap<Interval, List<NotBuilt>> notBuilt) throws IOException {
    json.writeObjectFieldStart("not_built");
    for (Map.Entry<Interval, List<NotBuilt>> each : notBuilt.entrySet()) {
      json.writeArrayFieldStart(each.getKey().toString());
      for (NotBuilt time : each.getValue()) {
        long[] bounds = {time.fromMicros(), time.untilMicros()};
        json.writeArray(bounds, 0, time.isOn() ? 1 : 2);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static SortedMap<Interval, List<NotBuilt>> notBuilt(JsonNode node) {
    SortedMap<Interval, List<NotBuilt>> notBuilt = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      List<NotBuilt> times = new ArrayList<>();
      for (JsonNode time : each.getValue()) {
        times.add(new NotBuilt(time.path(0).asLong(), time.path(1).asLong(NotBuilt.ON)));
      }
      notBuilt.put(Interval.parse(each.getKey()), times);
    }
    return notBuilt;
  }

  private static void writeByInterval(
      JsonGenerator json, String name, SortedMap<Interval, Long> micros) throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<Interval, Long> each : micros.entrySet()) {
      json.writeNumberField(each.getKey().toString(), each.getValue());
    }
    json.writeEndObject();
  }

  private static SortedMap<Interval, Long> byInterval(JsonNode object) {
    SortedMap<Interval, Long> micros = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : object.properties()) {
      interval(each.getKey()).ifPresent(interval -> micros.put(interval, each.getValue().asLong()));
    }
    return micros;
  }

  /// An interval of a stored checkpoint. Windows of `7d`, which earlier versions counted from the
  /// epoch, are not those of `1w`: they end with the version that made them, and what was sealed of
  /// them says nothing of weeks.
  static Optional<Interval> interval(String text) {
    Interval interval = Interval.parseLength(text);
    return interval.isWeeks() && !text.endsWith("w") ? Optional.empty() : Optional.of(interval);
  }

  static JsonNode tree(String text) {
    try {
      return READER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
