package dev.mdp.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.mdp.core.event.Micros;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// What a bar needs of a tick, read out of an entry's JSON with Jackson's streaming parser.
record StreamsTick(long srcMicros, double price, double size) {

  /// Reads ticks and counts them; what is not a tick is null. Thread-safe.
  static final class Reader implements Serde<StreamsTick> {
    private final JsonFactory json =
        JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();
    private final LongAdder counter;

    Reader(LongAdder counter) {
      this.counter = counter;
    }

    @Override
    public Serializer<StreamsTick> serializer() {
      return (_, _) -> {
        throw new UnsupportedOperationException("ticks are only read");
      };
    }

    @Override
    public Deserializer<StreamsTick> deserializer() {
      return (_, entry) -> read(entry);
    }

    private @Nullable StreamsTick read(byte @Nullable [] entry) {
      if (entry == null) {
        return null;
      }
      counter.increment();
      String kind = "tick";
      long srcMicros = 0;
      double price = Double.NaN;
      double size = 0;
      try (JsonParser parser = json.createParser(entry)) {
        parser.nextToken();
        String field;
        while ((field = parser.nextFieldName()) != null) {
          JsonToken value = parser.nextToken();
          switch (field) {
            case "kind" -> kind = parser.getText();
            case "src_ts" -> srcMicros = Micros.parse(parser.getText());
            case "c" -> price = parser.getDoubleValue();
            case "v" -> size = parser.getDoubleValue();
            default -> {
              if (value.isStructStart()) {
                parser.skipChildren();
              }
            }
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return kind.equals("tick") ? new StreamsTick(srcMicros, price, size) : null;
    }
  }
}
