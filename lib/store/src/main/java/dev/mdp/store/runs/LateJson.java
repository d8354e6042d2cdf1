package dev.mdp.store.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mdp.core.ledger.LateSymbol;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// The late symbols in a job run's metadata: `"late": [{"provider", "symbol", "events",
/// "max_late_ms"}, …]`.
final class LateJson {
  private static final JsonMapper READER = new JsonMapper();

  private LateJson() {}

  static List<LateSymbol> read(String metadata) {
    List<LateSymbol> late = new ArrayList<>();
    try {
      for (JsonNode each : READER.readTree(metadata).path("late")) {
        late.add(
            new LateSymbol(
                each.path("provider").asText(),
                each.path("symbol").asText(),
                each.path("events").asLong(),
                each.path("max_late_ms").asLong() * 1_000));
      }
      return late;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
