package dev.mdp.cli.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The signals of a scenario, by their identity and value.
final class Signals {
  private Signals() {}

  /// What the table has.
  static Set<String> stored(Scenario scenario) {
    return new TreeSet<>(
        scenario.rows(
            "SELECT provider, symbol, (extract(epoch FROM ts) * 1000000)::bigint, name, value FROM signals"));
  }

  /// What the topic has, however often.
  static Set<String> published(Scenario scenario) {
    return scenario
        .mdp(
            "stream",
            "tail",
            "--topic",
            scenario.signalsTopic(),
            "--limit",
            "1000000",
            "-o",
            "jsonl")
        .requireCode(0)
        .jsonLines()
        .stream()
        .map(line -> line.path("signal"))
        .map(Signals::identity)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String identity(JsonNode signal) {
    double value = signal.path("value").asDouble();
    return String.join(
        "|",
        signal.path("provider").asText(),
        signal.path("symbol").asText(),
        Long.toString(dev.mdp.core.event.Micros.parse(signal.path("ts").asText())),
        signal.path("name").asText(),
        value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value));
  }
}
