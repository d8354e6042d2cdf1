package dev.mdp.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void writesNestedValues() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("b", List.of(1, 2.5, true));
    map.put("a", Map.of());
    map.put("t", Instant.EPOCH);
    map.put("n", null);
    map.put("raw", new Json.Raw("{\"x\":1}"));

    assertThat(Json.write(map))
        .isEqualTo(
            "{\"b\":[1,2.5,true],\"a\":{},\"t\":\"1970-01-01T00:00:00.000000Z\",\"n\":null,\"raw\":{\"x\":1}}");
  }

  @Test
  void canonicalTextDoesNotDependOnTheOrderOfInsertion() {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("b", 1);
    one.put("a", List.of());
    Map<String, Object> two = new LinkedHashMap<>();
    two.put("a", List.of());
    two.put("b", 1);

    assertThat(Json.canonical(one)).isEqualTo(Json.canonical(two)).isEqualTo("{\"a\":[],\"b\":1}");
  }

  @Test
  void numbersThatJsonCannotHoldAreNull() {
    assertThat(Json.write(Arrays.asList(Double.NaN, Double.POSITIVE_INFINITY, Float.NaN, null)))
        .isEqualTo("[null,null,null,null]");
  }

  @Test
  void escapesControlCharactersAndLoneSurrogates() {
    assertThat(Json.write("a\"\\\n\u001b[2J\ud800x😀"))
        .isEqualTo("\"a\\\"\\\\\\n\\u001b[2J\\ud800x😀\"");
  }

  @Test
  void whatIsWrittenAsItIsStaysOnOneLineAndMovesNoCursor() {
    Json.Raw pretty = new Json.Raw("{\n\t\"a\":\r\n\"\u009b2J\u007f\u2028é\"}");

    assertThat(Json.write(pretty)).isEqualTo("{  \"a\":  \"\\u009b2J\\u007f\\u2028é\"}");
  }

  @Test
  void timesHaveOneForm() {
    assertThat(Json.write(java.time.Instant.parse("2025-10-24T14:00:00Z")))
        .isEqualTo("\"2025-10-24T14:00:00.000000Z\"");
    assertThat(Json.write(java.time.Instant.parse("2025-10-24T14:00:00.123456789Z")))
        .isEqualTo("\"2025-10-24T14:00:00.123456Z\"");
    assertThat(Json.write(java.time.Instant.MAX)).startsWith("\"+1000000000-12-31");
  }
}
