package dev.mdp.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseUrlTest {
  @Test
  void readsEveryPartAndDecodesPercents() {
    DatabaseUrl url =
        DatabaseUrl.parse(
            "postgresql://al%40ice:p%2Fw%3A+d@db.example:6543/market%20data"
                + "?sslmode=require&application_name=x&target_session_attrs=read-write",
            Map.of());

    assertThat(url.hosts()).isEqualTo("db.example:6543");
    assertThat(url.database()).isEqualTo("market data");
    assertThat(url.user()).isEqualTo("al@ice");
    assertThat(url.properties())
        .containsEntry("password", "p/w:+d")
        .containsEntry("sslmode", "require")
        .containsEntry("ApplicationName", "x")
        .containsEntry("targetServerType", "primary");
    assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:6543/market%20data");
  }

  @Test
  void takesWhatTheUrlLeavesOutFromTheEnvironment() {
    DatabaseUrl url =
        DatabaseUrl.parse("postgres://localhost", Map.of("PGUSER", "bob", "PGPASSWORD", "s3cret"));

    assertThat(url.hosts()).isEqualTo("localhost:5432");
    assertThat(url.user()).isEqualTo("bob");
    assertThat(url.database()).isEqualTo("bob");
    assertThat(url.properties()).containsEntry("password", "s3cret");
  }

  @Test
  void understandsSeveralHostsAndIpv6() {
    assertThat(DatabaseUrl.parse("postgresql://u@a:1,b:2/d", Map.of()).hosts())
        .isEqualTo("a:1,b:2");
    assertThat(DatabaseUrl.parse("postgresql://u@[::1]:7/d", Map.of()).hosts())
        .isEqualTo("[::1]:7");
  }

  @Test
  void readsJdbcUrls() {
    DatabaseUrl url =
        DatabaseUrl.parse(
            "jdbc:postgresql://db:6000/market_data?user=eve&password=hush&ssl=true", Map.of());

    assertThat(url.hosts()).isEqualTo("db:6000");
    assertThat(url.database()).isEqualTo("market_data");
    assertThat(url.user()).isEqualTo("eve");
    assertThat(url.properties()).containsEntry("password", "hush").containsEntry("ssl", "true");
  }

  @Test
  void neverShowsThePassword() {
    assertThat(DatabaseUrl.parse("postgresql://u:hush@h/d", Map.of()).toString())
        .isEqualTo("u@h:5432/d");
    assertThat(
            new dev.mdp.store.database.StoreSettings(
                    DatabaseUrl.parse("jdbc:postgresql://h/d?user=u&password=hush", Map.of()),
                    1,
                    "a")
                .toString())
        .doesNotContain("hush");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://u:hush@h/d",
        "postgresql://u:hush%zz@h/d",
        "postgresql://u:hush@h:port/d",
        "postgresql://u:hush@h:70000/d",
        "postgresql://u:hush@h/d?nonsense=1",
        "postgresql://u:hush@h/d?sslmode",
        "postgresql://u:hush@h/d?sslmode=hush",
        "postgresql://u:hush@h/d?connect_timeout=hush",
        "postgresql://u:hush@h/d?target_session_attrs=hush",
        "jdbc:postgresql://h/d?sslmode=hush",
        "jdbc:postgresql://h/d?prepareThreshold=hush",
        "postgresql://u:hush@/d?host=/var/run/postgresql",
        "jdbc:postgresql://u:hush@h:x/d"
      })
  void refusesWhatItCannotUseWithoutRepeatingThePassword(String text) {
    assertThatThrownBy(() -> DatabaseUrl.parse(text, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("store.url: ")
        .hasMessageNotContaining("hush");
  }
}
