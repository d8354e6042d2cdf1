package dev.mdp.store.runs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mdp.core.store.LedgerCounts;
import dev.mdp.core.store.Outcome;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
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
