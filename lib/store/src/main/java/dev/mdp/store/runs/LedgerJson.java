package dev.mdp.store.runs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.ledger.Outcome;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A ledger as JSON: `{"provider": {"read": 3, "aggregated": 3, …}}`.
public final class LedgerJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final JsonMapper READER = new JsonMapper();

  private LedgerJson() {}

  public static String write(LedgerCounts ledger) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, LedgerCounts.Entry> provider : ledger.byProvider().entrySet()) {
        json.writeObjectFieldStart(provider.getKey());
        json.writeNumberField("read", provider.getValue().read());
        for (Map.Entry<Outcome, Long> count : provider.getValue().outcomes().entrySet()) {
          json.writeNumberField(count.getKey().word(), count.getValue());
        }
        json.writeEndObject();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /// The ledgers in a job run's metadata, by shard; empty when it has none.
  static SortedMap<String, LedgerCounts> readShards(String metadata) {
    SortedMap<String, LedgerCounts> shards = new TreeMap<>();
    try {
      READER
          .readTree(metadata)
          .path("ledger")
          .properties()
          .forEach(shard -> shards.put(shard.getKey(), read(shard.getValue())));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    return shards;
  }

  /// What a job run has committed of its ledger in one shard, by the run's own row.
  public static LedgerCounts ofShard(Connection connection, long runId, int shard)
      throws SQLException {
    String sql = "SELECT metadata -> 'ledger' -> ?::text FROM job_runs WHERE id = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, Integer.toString(shard));
      statement.setLong(2, runId);
      try (ResultSet rows = statement.executeQuery()) {
        String ledger = rows.next() ? rows.getString(1) : null;
        return ledger == null ? LedgerCounts.NONE : read(READER.readTree(ledger));
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public static LedgerCounts read(JsonNode ledger) {
    SortedMap<String, LedgerCounts.Entry> byProvider = new TreeMap<>();
    for (Map.Entry<String, JsonNode> provider : ledger.properties()) {
      Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
      for (Outcome outcome : Outcome.values()) {
        outcomes.put(outcome, provider.getValue().path(outcome.word()).asLong());
      }
      long read = provider.getValue().path("read").asLong();
      byProvider.put(provider.getKey(), new LedgerCounts.Entry(read, outcomes));
    }
    return new LedgerCounts(byProvider);
  }
}
