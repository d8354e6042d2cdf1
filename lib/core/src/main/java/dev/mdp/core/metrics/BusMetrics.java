package dev.mdp.core.metrics;

/// What a bus counts. Thread-safe.
public interface BusMetrics extends ErrorMetrics {
  BusMetrics NONE = new BusMetrics() {};

  /// @param bus `redis` or `kafka`
  static BusMetrics of(String bus, MetricSink sink) {
    return new BusMetrics() {
      @Override
      public String bus() {
        return bus;
      }

      @Override
      public MetricSink sink() {
        return sink;
      }
    };
  }

  default String bus() {
    return "";
  }

  default void eventsIngested(String topic, String provider, long events) {
    sink()
        .add(
            "stream_events_ingested_total",
            events,
            "bus",
            bus(),
            "topic",
            topic,
            "provider",
            provider);
  }

  default void deadLetters(String topic, String reason, long letters) {
    sink().add("stream_dead_letters_total", letters, "topic", topic, "reason", reason);
  }

  /// How many dead letters the topic of `<topic>.dlq` holds now.
  default void deadLettersStored(String topic, long letters) {
    sink().set("stream_dead_letters_stored", letters, "topic", topic);
  }
}
