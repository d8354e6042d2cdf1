package dev.mdp.core.metrics;

/// What every part counts: a port for each part, which names its metrics and hands them to a
/// [MetricSink]. Counted after COMMIT, never before.
public record Metrics(
    BusMetrics bus,
    StoreMetrics store,
    PipelineMetrics pipeline,
    InferenceMetrics inference,
    FeedMetrics feeds) {
  /// Counts nothing: for short commands, which no one scrapes.
  public static final Metrics NONE = of("", MetricSink.NONE);

  /// @param bus the label of ingested events: `redis` or `kafka`
  public static Metrics of(String bus, MetricSink sink) {
    return new Metrics(
        BusMetrics.of(bus, sink),
        StoreMetrics.of(sink),
        PipelineMetrics.of(sink),
        InferenceMetrics.of(sink),
        FeedMetrics.of(sink));
  }
}
