package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Collectors;

/// How a command ended and what it wrote.
record Outcome(String command, int code, String out, String err) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// What a worker says in a pipe is JSON, as its log is; here it is what people would get.
  Outcome {
    err = err.lines().map(Outcome::said).collect(Collectors.joining("\n", "", "\n"));
    err = err.equals("\n") ? "" : err;
  }

  private static String said(String line) {
    return line.startsWith("{\"time\":") && line.contains("\"logger\":\"mdp\"")
        ? parse(line).path("message").asText()
        : line;
  }

  Outcome requireCode(int expected) {
    assertThat(code).as("exit code of %s%nout: %s%nerr: %s", command, out, err).isEqualTo(expected);
    return this;
  }

  /// One line on stderr that begins with the category, no stack.
  Outcome requireOneLine(String... parts) {
    assertThat(err.strip().lines().toList()).as(command).hasSize(1);
    assertThat(err).as(command).contains(parts).doesNotContain("Exception", "\tat ");
    return this;
  }

  JsonNode json() {
    return parse(out);
  }

  List<JsonNode> jsonLines() {
    return out.lines().map(Outcome::parse).toList();
  }

  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }
}
