package dev.mdp.store.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerOptionsTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      quoteCharacter = '`',
      value = {
        "-c search_path=a | a | ``",
        "-csearch_path=a,b | a,b | ``",
        "--search_path=a | a | ``",
        "--search-path=a | a | ``",
        "-c search_path=a,\\ \"b\" | a, \"b\" | ``",
        "-c search_path=a -c search_path=b | b | ``",
        "-c work_mem=4MB -c search_path=a --jit=off | a | -cwork_mem=4MB --jit=off",
        "-c geqo=off | none | -cgeqo=off",
        "-c application_name=x\\ y | none | -capplication_name=x\\ y",
        "-c | none | -c"
      },
      delimiter = '|')
  void thePathIsTakenOutAndTheRestStays(String options, String path, String rest) {
    assertThat(ServerOptions.parse(options)).isEqualTo(new ServerOptions(path, rest));
  }

  @Test
  void aUrlsPathIsTheOneOfCurrentSchemaOrOfItsOptions() {
    assertThat(schema("?options=-c%20search_path%3Dmarket")).isEqualTo("market");
    assertThat(schema("?options=-c%20search_path%3Dmarket&currentSchema=own")).isEqualTo("own");
    assertThat(schema("?options=-c%20geqo%3Doff")).isNull();
    assertThat(DatabaseUrl.parse("postgresql://u@h/d?options=-c%20search_path%3Dm", Map.of()))
        .extracting(url -> url.properties().get("options"))
        .isNull();
  }

  private static String schema(String parameters) {
    return DatabaseUrl.parse("postgresql://u@h/d" + parameters, Map.of()).schema();
  }
}
