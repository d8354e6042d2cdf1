package dev.mdp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.cli.log.Stderr;
import dev.mdp.cli.shell.Group;
import dev.mdp.cli.shell.Host;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.config.ConfigLoader;
import dev.mdp.core.error.ConfigException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// No part of a password is printed, whatever is wrong with it, whichever command fails.
class SecretCanaryTest {
  private static final String HEAD = "Xq7Zk9Vw";
  private static final String TAIL = "Jy5Qh8Ub";
  private static final String NOBODY = "127.0.0.1:1";

  /// What people forget to encode in a URL or to quote in YAML.
  private static final List<String> SEPARATORS =
      List.of(
          "", "?", "#", "@", "/", ":", "%", "&", "=", " ", "\"", "'", ",", "+", "\\", "*", "!", "{",
          "}", "[", "]", "|", ">", ": ", " #", ", ", "${", "$", "%zz", "?a=", "//", "@@", ";", "é");

  @TempDir private Path folder;

  @Test
  void aDatabaseUrlIsNeverRepeated() {
    for (String url : databaseUrls()) {
      require(url, read("", Map.of("DATABASE_URL", url)));
      require(url, run("", Map.of("DATABASE_URL", url), "datastore", "status", "--verbose"));
      require(url, read("store: { url: \"${X}\" }\n", Map.of("X", url)));
    }
  }

  @Test
  void aRedisUriIsNeverRepeated() {
    for (String uri : redisUris()) {
      require(uri, read("", Map.of("REDIS_URI", uri)));
      require(uri, run("", Map.of("REDIS_URI", uri), "stream", "tail", "--verbose"));
    }
  }

  @Test
  void aSecretInYamlIsNeverRepeatedHoweverItIsWritten() {
    List<String> values = new ArrayList<>();
    for (String secret : passwords()) {
      values.addAll(
          List.of(
              "postgresql://mdp:" + secret + "@" + NOBODY + "/x",
              "redis://:" + secret + "@" + NOBODY,
              "postgres:/mdp:" + secret + "@" + NOBODY,
              secret,
              "*" + secret,
              "!" + secret,
              "&" + secret + " x"));
    }
    values.addAll(List.of("12345" + "6789012", "0x" + "deadbee"));
    for (String value : values) {
      for (String yaml :
          List.of(
              "store: { url: VALUE }\n",
              "store:\n  url: VALUE\n  pol_max: 3\n",
              "store:\n  url: \"VALUE\"\n  pool_max: x\n",
              "store:\n  url: 'VALUE\n  pool_max: 3\n",
              "store:\n  url: >-\n    VALUE\n    VALUE\n  pol_max: 3\n",
              "store:\n  url:\n    VALUE\n",
              "store:\n  url:\n    - VALUE\n",
              "store: { url: [VALUE] }\n",
              "store: { url: { file: VALUE } }\n",
              "store: { url: { credential: VALUE } }\n",
              "store: { url: { password: VALUE } }\n",
              "store: VALUE\n",
              "store: { dsn: VALUE }\n",
              "bus:\n  redis:\n    uri: VALUE\n    shards: x\n",
              "bus: { redis: { uri: VALUE, shards: x } }\n",
              "bus: { redis: VALUE }\n",
              "bus: VALUE\n",
              "bus: { kafka: { bootstrap_servers: VALUE } }\n",
              "bus:\n  kafka:\n    properties:\n      sasl.jaas.config: VALUE\n      x: [VALUE]\n",
              "bus:\n  kafka:\n    properties:\n      ssl.key.password: [VALUE]\n",
              "bus: { kafka: { properties: { ssl.keystore.key: VALUE, x: {} } } }\n",
              "VALUE\n")) {
        boolean name = yaml.matches("(?s).*(file|credential): VALUE.*") && !value.contains("@");
        boolean key = yaml.equals("VALUE\n") && value.matches("[\\w.-]+: .*");
        if (name || key) {
          continue; // of a file, or of a key: that must be told
        }
        String text = yaml.replace("VALUE", value);
        require(text, read(text, Map.of()));
      }
    }
  }

  @Test
  void flagsWithASecretAreNotRepeated() {
    for (String secret : passwords()) {
      String url = "postgresql://mdp:" + secret + "@" + NOBODY + "/x";
      require(url, run("", Map.of(), "config", "show", "--set", "store.url=" + url));
      require(url, run("", Map.of(), "config", "show", "--set", "store.url " + url));
      require(url, run("", Map.of(), "config", "show", "--set", url));
    }
  }

  @Test
  void propertiesOfKafkaAreNotRepeated() {
    List<String> properties = new ArrayList<>();
    for (String separator : List.of("", "\"", "'", ";", "=", " ", "\\", "${", ",", "#", "%", ":")) {
      String secret = HEAD + separator + TAIL;
      String quoted = "'" + secret.replace("'", "''") + "'";
      String login =
          "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"";
      for (String jaas :
          List.of(login + secret + "\";", login + secret, secret, login + secret + "\" x")) {
        properties.add(
            "{ security.protocol: SASL_PLAINTEXT, sasl.mechanism: PLAIN, sasl.jaas.config: '"
                + jaas.replace("'", "''")
                + "' }");
      }
      properties.add("{ sasl.jaas.confg: " + quoted + " }");
      properties.add("{ security.protocol: " + quoted + " }");
      properties.add("{ send.buffer.bytes: " + quoted + " }");
      properties.add("{ sasl.mechanism: " + quoted + ", security.protocol: SASL_SSL }");
      properties.add("{ ssl.keystore.type: PEM, ssl.keystore.key: " + quoted + " }");
      properties.add("{ ssl.truststore.password: " + quoted + ", ssl.truststore.location: /no }");
    }
    for (String each : properties) {
      String yaml =
          "bus: { type: kafka, kafka: { bootstrap_servers: 'nobody:99999', properties: "
              + each
              + " } }\n";
      require(yaml, run(yaml, Map.of(), "stream", "tail", "--verbose"));
    }
  }

  @Test
  void noCommandRepeatsAPasswordThatItCannotUse() throws IOException {
    Files.writeString(folder.resolve("cases.yaml"), "tests: []\n");
    String encoded = HEAD + "%3F" + TAIL;
    List<Map<String, String>> environments =
        List.of(
            Map.of(
                "DATABASE_URL", "postgresql://mdp:" + HEAD + "?" + TAIL + "@" + NOBODY + "/x",
                "REDIS_URI", "redis://:" + HEAD + "?" + TAIL + "@127.0.0.1:x"),
            Map.of(
                "DATABASE_URL", "postgresql://mdp:" + encoded + "@" + NOBODY + "/x",
                "REDIS_URI", "redis://:" + encoded + "@" + NOBODY));
    Map<String, Integer> codes = new LinkedHashMap<>();
    for (List<String> leaf : leaves()) {
      for (Map<String, String> environment : environments) {
        Printed printed = run("", environment, leaf.toArray(String[]::new));
        require(String.join(" ", leaf), printed);
        codes.merge(String.join(" ", leaf), printed.code, Math::max);
      }
      require(
          String.join(" ", leaf),
          run(
              "store: { url: postgresql://mdp:" + HEAD + "\"" + TAIL + "@h/x, }\nbus: [\n",
              Map.of(),
              leaf.toArray(String[]::new)));
    }
    assertThat(codes).hasSizeGreaterThan(30).doesNotContainValue(2).doesNotContainValue(1);
    assertThat(codes.values()).filteredOn(code -> code == 69 || code == 78).hasSizeGreaterThan(25);
  }

  private static List<String> passwords() {
    return SEPARATORS.stream().map(each -> HEAD + each + TAIL).toList();
  }

  private static List<String> databaseUrls() {
    List<String> urls = new ArrayList<>();
    for (String secret : passwords()) {
      urls.add("postgresql://mdp:" + secret + "@" + NOBODY + "/x");
      urls.add("postgresql://mdp:" + secret + "@" + NOBODY + "/x?sslmode=disable");
      urls.add("postgres:/mdp:" + secret + "@" + NOBODY + "/x");
      urls.add("mysql://mdp:" + secret + "@" + NOBODY + "/x");
      urls.add("mdp:" + secret + "@" + NOBODY + "/x");
      urls.add("jdbc:postgresql://mdp:" + secret + "@" + NOBODY + "/x");
      urls.add("jdbc:postgresql://" + NOBODY + "/x?user=mdp&password=" + secret);
      urls.add("postgresql://" + NOBODY + "/x?user=mdp&password=" + secret);
      urls.add("postgresql://" + NOBODY + "/x?sslmode=" + secret);
      urls.add("postgresql://" + NOBODY + "/x?connect_timeout=" + secret);
      urls.add("postgresql://" + NOBODY + "/x?" + secret + "=1");
      if (!secret.contains("@")) { // behind an @ begins the host
        urls.add("postgresql://mdp@127.0.0.1:" + secret + "/x");
        urls.add("postgresql://mdp:" + secret);
        urls.add("jdbc:postgresql://mdp:" + secret);
        urls.add(secret);
      }
    }
    return urls;
  }

  private static List<String> redisUris() {
    List<String> uris = new ArrayList<>();
    for (String secret : passwords()) {
      uris.add("redis://:" + secret + "@" + NOBODY);
      uris.add("redis://mdp:" + secret + "@" + NOBODY + "/x");
      uris.add("redis://mdp:" + secret + "@");
      uris.add("redis:/mdp:" + secret + "@" + NOBODY);
      uris.add("redis-socket://mdp:" + secret + "@" + NOBODY);
      if (!secret.contains("@")) { // behind an @ begins the host
        uris.add("redis://127.0.0.1:" + secret);
        uris.add("redis://" + NOBODY + "/" + secret);
        uris.add("redis://" + NOBODY + "/0?password=" + secret);
        uris.add("redis://:" + secret);
        uris.add("redis://mdp:" + secret);
        uris.add(secret);
      }
    }
    return uris;
  }

  /// Every command with what it must be given, so that it fails by its servers and not by its
  /// flags.
  private static List<List<String>> leaves() {
    List<List<String>> leaves = new ArrayList<>();
    PrintWriter nobody = new PrintWriter(Writer.nullWriter());
    Stderr stderr = new Stderr(nobody, nobody, Clock.systemUTC());
    collect(
        CommandTree.build(new RootCommand(Host.current(), stderr), _ -> true), List.of(), leaves);
    return leaves;
  }

  private static void collect(CommandLine line, List<String> path, List<List<String>> leaves) {
    line.getSubcommands()
        .forEach((name, child) -> {
          List<String> words = new ArrayList<>(path);
          words.add(name);
          if (!(child.getCommandSpec().userObject() instanceof Group)) {
            List<String> given = new ArrayList<>(words);
            given.addAll(needed(name, child.getCommandSpec()));
            leaves.add(given);
          }
          collect(child, words, leaves);
        });
  }

  private static List<String> needed(String command, CommandSpec spec) {
    List<String> given = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      switch (option.longestName()) {
        case "--wait" -> given.addAll(List.of("--wait", "0"));
        case "--for" -> given.addAll(List.of("--for", "1s"));
        case "--confirm" -> given.add("--confirm");
        case "--all" -> given.add("--all");
        case "--from" ->
            given.addAll(option.paramLabel().equals("TIME") ? List.of("--from", "1h") : List.of());
        case "--group" -> given.addAll(List.of("--group", "inference"));
        case "--dataset" -> given.addAll(List.of("--dataset", "d"));
        case "--features" -> given.addAll(List.of("--features", "momentum=1"));
        case "--table" -> given.addAll(List.of("--table", "tick_data"));
        case "--older-than" -> given.addAll(List.of("--older-than", "30d"));
        default -> {}
      }
    }
    given.addAll(
        switch (command) {
          case "job-runs-inspect", "show" ->
              spec.positionalParameters().stream().anyMatch(ArgSpec::required)
                  ? List.of("1")
                  : List.of();
          case "shard-of" -> List.of("p", "SPY");
          case "completion" -> List.of("bash");
          case "test" ->
              spec.qualifiedName().contains("producers")
                  ? List.of("coinbase", "--set", "producers.coinbase.socket_url=ws://127.0.0.1:1")
                  : List.of("cases.yaml");
          default -> List.of();
        });
    given.add("--verbose");
    return given;
  }

  private static void require(String what, Printed printed) {
    List<String> parts = new ArrayList<>();
    addParts(parts, 4, HEAD);
    addParts(parts, 4, TAIL);
    addParts(parts, 10, "123456789012"); // fewer digits in a row may come by chance
    addParts(parts, 7, "0xdeadbee");
    assertThat(printed.text)
        .as("%s of %s", printed.command, what)
        .doesNotContain(parts.toArray(String[]::new));
  }

  private static void addParts(List<String> parts, int length, String secret) {
    for (int i = 0; i + length <= secret.length(); i++) {
      parts.add(secret.substring(i, i + length));
    }
  }

  private record Printed(String command, int code, String text) {}

  /// What is shown of a configuration: every effective value, or every problem.
  private Printed read(String yaml, Map<String, String> environment) {
    String shown;
    try {
      shown =
          new ConfigLoader(environment, folder)
              .read("streaming.yaml", yaml, List.of(), false)
              .toString();
    } catch (ConfigException e) {
      StringWriter stack = new StringWriter();
      e.printStackTrace(new PrintWriter(stack));
      shown = stack.toString();
    }
    return new Printed("reading", 0, shown);
  }

  /// Everything that a command writes, its log too.
  private Printed run(String yaml, Map<String, String> environment, String... args) {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    try (PrintStream caught = new PrintStream(log, true, StandardCharsets.UTF_8)) {
      if (!yaml.isEmpty()) {
        Files.createDirectories(folder.resolve("configs"));
      }
      Path file = folder.resolve("configs/streaming.yaml");
      Files.deleteIfExists(file);
      if (!yaml.isEmpty()) {
        Files.writeString(file, yaml);
      }
      System.setOut(caught);
      System.setErr(caught);
      Run run = Run.in(folder, environment, args);
      return new Printed(
          String.join(" ", args),
          run.code(),
          run.out() + run.err() + log.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
