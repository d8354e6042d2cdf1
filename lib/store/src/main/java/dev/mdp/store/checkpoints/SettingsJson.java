package dev.mdp.store.checkpoints;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.JudgedBy;
import dev.mdp.core.checkpoint.LaneProgress;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The settings of a checkpoint as JSON; times are microseconds: `{"max_future": [{"through":
/// "7-0", "micros": 5000000}], "reach": 60000000, "silence": 900000000, "clock":
/// 1767623400000000}`.
final class SettingsJson {
  private static final JsonFactory JSON = new JsonFactory();

  private SettingsJson() {}

  static String write(JudgedBy settings) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeArrayFieldStart("max_future");
      for (JudgedBy.MaxFuture each : settings.maxFuture()) {
        json.writeStartObject();
        json.writeStringField("through", each.through().toString());
        json.writeNumberField("micros", each.micros());
        json.writeEndObject();
      }
      json.writeEndArray();
      if (settings.reach().isPresent()) {
        json.writeNumberField("reach", settings.reach().get().micros());
        json.writeNumberField("silence", settings.reach().get().silenceMicros());
        json.writeNumberField("clock", settings.reach().get().clockMicros());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  static JudgedBy read(String text) {
    JsonNode settings = CheckpointJson.tree(text);
    List<JudgedBy.MaxFuture> maxFuture = new ArrayList<>();
    for (JsonNode each : settings.path("max_future")) {
      maxFuture.add(
          new JudgedBy.MaxFuture(
              Position.parse(each.path("through").asText()), each.path("micros").asLong()));
    }
    Optional<JudgedBy.Reach> reach =
        settings.has("reach")
            ? Optional.of(
                new JudgedBy.Reach(
                    settings.path("reach").asLong(),
                    settings.path("silence").asLong(),
                    settings.path("clock").asLong(LaneProgress.BEFORE_ALL)))
            : Optional.empty();
    return new JudgedBy(maxFuture, reach);
  }
}
