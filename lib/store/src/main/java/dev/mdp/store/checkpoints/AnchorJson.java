package dev.mdp.store.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.Position;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The column `anchor` of the tables that note a place in a log. Stateless.
public final class AnchorJson {
  private AnchorJson() {}

  /// Null where there is none.
  public static @Nullable String write(Optional<LogAnchor> anchor) {
    return anchor
        .map(known ->
            "{\"position\": \""
                + known.position()
                + "\", \"payload_hash\": "
                + known.payloadHash()
                + "}")
        .orElse(null);
  }

  public static Optional<LogAnchor> read(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    JsonNode anchor = CheckpointJson.tree(text);
    return Optional.of(
        new LogAnchor(
            Position.parse(anchor.path("position").asText()),
            anchor.path("payload_hash").asLong()));
  }
}
