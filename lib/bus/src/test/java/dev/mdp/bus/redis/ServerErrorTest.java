package dev.mdp.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.UnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerErrorTest {
  private final RedisAddress address = RedisAddress.parse("redis://127.0.0.1:6379");

  /// The last is what Redis 7.0 and later answer to a group's reader whose stream is deleted.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOGROUP No such key 'mdp.events' or consumer group 'g'",
        "ERR no such key",
        "UNBLOCKED the stream key no longer exists"
      })
  void aStreamOrGroupThatIsGoneIsKnown(String text) {
    assertThat(new ServerError(text).isGone()).isTrue();
  }

  @Test
  void aStreamThatGoesAwayIsAnOutageAndNoErrorOfTheConfiguration() {
    ServerError gone = new ServerError("UNBLOCKED the stream key no longer exists");
    ServerError wrong = new ServerError("WRONGTYPE Operation against a key");

    assertThat(RedisErrors.translate(address, gone))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("the stream went away while it was read");
    assertThat(RedisErrors.translate(address, wrong)).isInstanceOf(ConfigException.class);
    assertThat(wrong.isGone()).isFalse();
  }
}
