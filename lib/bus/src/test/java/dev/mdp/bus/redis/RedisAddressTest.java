package dev.mdp.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "redis://localhost localhost:6379 '' ''",
        "redis://localhost/ localhost:6379 '' ''",
        "REDIS://localhost:6380/3 localhost:6380/3 '' ''",
        "rediss://cache.example.com:6390 cache.example.com:6390 '' ''",
        "redis://[::1]:6379/0 [::1]:6379 '' ''",
        "redis://:secret@h:1 h:1 '' secret",
        "redis://secret@h:1 h:1 '' secret",
        "redis://me:secret@h:1 h:1 me secret",
        "redis://me:p%40ss%2Fw%25rd@h:1 h:1 me p@ss/w%rd",
        "redis://me:p@ss/w:r#d?%zz+@h:1 h:1 me p@ss/w:r#d?%zz+",
        "redis://me:%C3%A9@h:1 h:1 me é",
      })
  void readsAUri(String uri, String shown, String user, String password) {
    RedisAddress address = RedisAddress.parse(uri);

    assertThat(address).hasToString(shown);
    assertThat(address.user()).isEqualTo(user);
    assertThat(address.password()).isEqualTo(password);
    assertThat(address.tls()).isEqualTo(uri.startsWith("rediss"));
    assertThat(address.toLettuce(Duration.ofSeconds(1)).getPort()).isEqualTo(address.port());
    assertThat(address.toLettuce(Duration.ofSeconds(1)).isSsl()).isEqualTo(address.tls());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:6379",
        "http://h",
        "redis://",
        "redis://h:0",
        "redis://h:70000",
        "redis://h/x",
        "redis://:hunter2@",
        "redis://:hunter2@h:x",
        "redis-sentinel://h",
        "redis://h:6379?timeout=5s",
        "redis://me:hunter2:h:1"
      })
  void refusesWhatIsNoUriWithoutTellingThePassword(String uri) {
    assertThatThrownBy(() -> RedisAddress.parse(uri))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("want redis://")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void settingsDoNotShowThePassword() {
    assertThat(RedisSettings.of("redis://me:hunter2@h:1/2", "mdp.events", 4))
        .hasToString("RedisSettings[h:1/2, topic mdp.events, 4 shards]");
    assertThatThrownBy(() -> RedisSettings.of("redis://h", "mdp.events", 0))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("shards");
  }
}
