package dev.mdp.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientPropertiesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "linger.ms | 5s | Not a number of type LONG",
        "linger.ms | 5000000000000000000000 | Not a number of type LONG",
        "linger.ms | -1 | Value must be at least 0",
        "batch.size | 1k | Not a number of type INT",
        "session.timeout.ms | soon | Not a number of type INT",
        "enable.metrics.push | maybe | Expected value to be either true or false",
        "security.protocol | TLS1 |",
        "metadata.max.age.ms | 1m | Not a number of type LONG",
      })
  void aValueThatKafkaDoesNotTakeIsNamedByItsKey(String name, String value, String reason) {
    assertThatThrownBy(() -> settings(name, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            "bus.kafka.properties." + name + ": the Kafka client refuses the value")
        .hasMessageContaining(reason == null ? "" : reason);
  }

  @Test
  void aSecretInTheWrongPlaceIsNotRepeated() {
    assertThatThrownBy(() -> settings("linger.ms", "open-sesame"))
        .hasMessageNotContaining("open-sesame");
  }

  @Test
  void anEndlessLingerIsBounded() {
    Map<String, Object> producer =
        new ClientProperties(settings("linger.ms", "3000000000")).producer();

    assertThat(producer.get(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG))
        .isEqualTo(Integer.MAX_VALUE / 2 + 10_000);
  }

  private static KafkaSettings settings(String name, String value) {
    return KafkaSettings.of("127.0.0.1:1", "t", 1, new TreeMap<>(Map.of(name, value)));
  }
}
