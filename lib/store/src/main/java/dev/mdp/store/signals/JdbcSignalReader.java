package dev.mdp.store.signals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.store.SignalReader;
import dev.mdp.store.database.Database;
import dev.mdp.store.rows.RowTable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Reads `signals`. Thread-safe.
public final class JdbcSignalReader implements SignalReader {
  private static final String NEWEST =
      """
      SELECT * FROM (
        SELECT provider, symbol, ts, name, value, score, metadata FROM signals
         WHERE ts >= ? AND ts < ?
           AND (? = '' OR provider = ?) AND (? = '' OR symbol = ?) AND (? = '' OR name = ?)
         ORDER BY ts DESC, provider DESC, symbol DESC, name DESC LIMIT ?) newest
      ORDER BY ts, provider, symbol, name
      """;

  private static final JsonMapper READER = new JsonMapper();
  private static final TypeReference<Map<String, Object>> META = new TypeReference<>() {};

  private final Database database;

  public JdbcSignalReader(Database database) {
    this.database = database;
  }

  @Override
  public List<Signal> list(Query query) {
    return database.query(
        "list signals",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(NEWEST)) {
            statement.setObject(1, RowTable.utc(query.fromMicros()));
            statement.setObject(2, RowTable.utc(query.toMicros()));
            int next = 3;
            for (String text :
                List.of(
                    query.provider().orElse(""),
                    query.symbol().orElse(""),
                    query.name().orElse(""))) {
              statement.setString(next++, text);
              statement.setString(next++, text);
            }
            statement.setInt(next, query.limit());
            List<Signal> all = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                all.add(signal(rows));
              }
            }
            return all;
          }
        });
  }

  private static Signal signal(ResultSet rows) throws SQLException {
    double score = rows.getDouble("score");
    OptionalDouble known = rows.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(score);
    String metadata = rows.getString("metadata");
    return new Signal(
        rows.getString("provider"),
        new Symbol(rows.getString("symbol")),
        Micros.of(rows.getObject("ts", OffsetDateTime.class).toInstant()),
        rows.getString("name"),
        rows.getDouble("value"),
        known,
        meta(metadata));
  }

  private static Map<String, Object> meta(@Nullable String json) {
    try {
      return json == null ? Map.of() : READER.readValue(json, META);
    } catch (JsonProcessingException e) {
      return Map.of("unreadable", json); // other programs may write there too
    }
  }
}
