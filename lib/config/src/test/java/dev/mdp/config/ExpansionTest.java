package dev.mdp.config;

import static dev.mdp.config.ConfigFixture.load;
import static dev.mdp.config.ConfigFixture.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpansionTest {
  @Test
  void aValueCannotInjectStructure() {
    LoadedConfig loaded =
        load(
            "producers: { synthetic: { enabled: true } }\nstore: { url: \"${DB}\" }\n",
            Map.of("DB", "postgresql://h/db\nversion: 9 # ', [x"));

    assertThat(loaded.config().store().url().reveal())
        .isEqualTo("postgresql://h/db\nversion: 9 # ', [x");
  }

  @Test
  void numbersAreParsedAfterExpansion() {
    assertThat(load("ticks: { batch_size: \"${N:-7}\" }").config().ticks().batchSize())
        .isEqualTo(7);
    assertThat(problems("ticks: { batch_size: \"${N}\" }", Map.of("N", "seven")))
        .contains("streaming.yaml:1:22: ticks.batch_size: want a whole number")
        .contains("was seven");
  }

  @Test
  void dollarsCanBeWrittenAndEmptyVariablesTakeTheDefault() {
    String yaml = "bus: { kafka: { properties: { a: 'x$$y$z', b: \"${E:-d}\" } }, type: kafka }";

    KafkaConfig bus = (KafkaConfig) load(yaml, Map.of("E", "")).config().bus();

    assertThat(bus.properties().get("a").reveal()).isEqualTo("x$y$z");
    assertThat(bus.properties().get("b").reveal()).isEqualTo("d");
  }

  @Test
  void wrongSyntaxIsNamed() {
    assertThat(problems("store: { url: 'x${DB' }")).contains("'${' without '}'");
    assertThat(problems("store: { url: '${DB:=x}' }")).contains("not a variable: want ${NAME}");
    assertThat(problems("store: { url: '${A:-${B}}' }")).contains("inside a variable");
  }
}
