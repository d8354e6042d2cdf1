package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What an operator does with entries that could not be used.
class DeadLettersIT {
  private static final Instant T = Instant.parse("2025-10-24T14:00:00Z");

  /// Not as our encoder writes it: other order, white space, its own field.
  private static final String LATE =
      "{ \"note\":\"kept\", \"symbol\":\"spy\",\"provider\":\"p\", \"c\":12.50,\"seq\":3,\"src_ts\":\"2025-10-24T14:00:01Z\"}";

  private final Scenario scenario = Scenario.migrated();

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void listsEachLetterOnceAndHarmlessInEveryFormat() {
    assertThat(letters("list").requireCode(0).err())
        .isEqualTo("no dead letter on topic '" + scenario.stream() + "'\n");
    String malformed = scenario.xadd("{\"provider\":\"p\",\"symbol\":\"S\u001b[31mPY\u0007\"}");
    sealSpyAndSendLate();
    consume();
    writeAgain(stored().getFirst());

    List<JsonNode> rows = rows("list");
    assertThat(rows).hasSize(2);
    JsonNode sealed = row(rows, "sealed");
    assertThat(sealed.path("group").asText()).isEqualTo(scenario.group("micro-batcher"));
    assertThat(sealed.path("symbol").asText()).isEqualTo("SPY");
    assertThat(sealed.path("intervals").get(0).asText()).isEqualTo("2s");
    assertThat(sealed.path("late_ms").asLong()).isEqualTo(299_000);
    JsonNode poison = row(rows, "malformed");
    assertThat(poison.path("position").asText()).isEqualTo(malformed);
    assertThat(poison.path("late_ms").isNull()).isTrue();
    assertThat(rows("list", "--reason", "sealed", "--symbol", "spy", "--provider", "p")).hasSize(1);
    assertThat(rows("list", "--group", "tick-consumer")).containsExactly(poison);
    assertThat(rows("list", "--group", "consumer", "--shard", "0", "--since", "1h")).hasSize(1);
    assertThat(letters("list", "--symbol", "QQQ").requireCode(2).err())
        .contains("unknown symbol 'QQQ' (available: SPY)");
    assertThat(rows("list", "--shard", "1")).isEmpty();
    assertThat(rows("list", "--limit", "1")).containsExactly(rows.getLast());
    for (String format : List.of("table", "json", "jsonl", "csv")) {
      Outcome shown = letters("list", "--output", format).requireCode(0);
      assertThat(shown.out()).doesNotContain("\u001b", "\u0007").contains("x1b[31m");
    }
    letters("list", "--limit", "0").requireCode(2);
    letters("list", "--symbol", "no;symbol").requireCode(2);
  }

  @Test
  void showsTheBytesOfTheEntryItselfWhicheverGroupWroteTheLetter() {
    sealSpyAndSendLate();
    String future =
        LATE.replace("2025-10-24T14:00:01Z", Instant.now().plus(Duration.ofHours(1)).toString());
    String position = scenario.xadd(future);
    consume();

    List<JsonNode> rows = rows("list");
    assertThat(rows)
        .extracting(row -> row.path("reason").asText())
        .containsExactlyInAnyOrder("sealed", "future", "future");
    for (JsonNode row : rows) {
      String expected = row.path("reason").asText().equals("sealed") ? LATE : future;
      JsonNode shown = data("show", row.path("id").asText());
      assertThat(shown.path("data").asText()).isEqualTo(expected);
      assertThat(new String(Base64.getDecoder().decode(shown.path("data_base64").asText())))
          .isEqualTo(expected);
      Child raw = scenario.child(args("show", row.path("id").asText(), "--raw"));
      assertThat(raw.awaitEnd().requireCode(0).out()).isEqualTo(expected);
    }
    letters("show", position).requireCode(65).requireOneLine("several dead letters", "by its id");
    letters("show", "5-5").requireCode(65).requireOneLine("no dead letter", "5-5");
  }

  @Test
  void entryOfAForeignShardIsRequeuedIdempotentlyToItsOwn() {
    int home = shardOf("SPY");
    String tick = LiveTicks.tick("p", "SPY", T, 1, 10);
    scenario.redis().xadd(scenario.stream() + "." + (home + 1) % 3, "data", tick);
    consume("--set", "bus.redis.shards=3");
    StreamMessage<String, String> letter = stored().getFirst();
    writeAgain(letter);

    Outcome unconfirmed = sharded("requeue", "--reason", "wrong_shard").requireCode(2);
    Outcome dry = sharded("requeue", "--reason", "wrong_shard", "--dry-run", "-o", "json");
    long lettersAfterDryRun = stored().size();
    Outcome sent = sharded("requeue", "--reason", "wrong_shard", "--confirm", "-o", "json");
    List<StreamMessage<String, String>> inOwnShard = entries(scenario.stream() + "." + home);
    consume("--set", "bus.redis.shards=3");
    writeAgain(letter); // as if it was killed before it could take the letter away
    sharded("requeue", letter.getBody().get("position"), "--confirm").requireCode(0);
    consume("--set", "bus.redis.shards=3");

    assertThat(unconfirmed.err()).contains("send 1 entries again", "--confirm");
    assertThat(counts(dry)).isEqualTo("{\"found\":1,\"refused\":0,\"requeued\":0}");
    assertThat(lettersAfterDryRun).isEqualTo(2);
    assertThat(counts(sent)).isEqualTo("{\"found\":1,\"refused\":0,\"requeued\":1}");
    assertThat(inOwnShard).hasSize(1);
    assertThat(inOwnShard.getFirst().getBody()).containsEntry("data", tick);
    assertThat(stored()).isEmpty();
    assertThat(scenario.rows("SELECT price FROM tick_data")).containsExactly("10");
    assertThat(scenario.rows("SELECT trade_count FROM bars_ohlcv")).containsExactly("1");
    assertThat(entries(scenario.stream() + "." + home)).hasSize(2);
  }

  @Test
  void refusesWhatWouldOnlyComeBackAndSaysWhatToDoInstead() {
    sealSpyAndSendLate();
    scenario.xadd("{nonsense");
    scenario.xadd(LiveTicks.tick("p", "AAPL", Instant.now().plus(Duration.ofHours(1)), 1, 10));
    consume();
    long before = stored().size();

    Outcome refused = letters("requeue", "--all", "--confirm", "-o", "json").requireCode(3);

    assertThat(counts(refused)).isEqualTo("{\"found\":4,\"refused\":4,\"requeued\":0}");
    assertThat(refused.json().at("/data/refusals"))
        .hasSize(4)
        .anySatisfy(each -> {
          assertThat(each.path("reason").asText()).isEqualTo("malformed");
          assertThat(each.path("id").asText()).isEqualTo(stored().getFirst().getId());
          assertThat(each.path("why").asText()).startsWith("its payload still cannot be used");
        });
    assertThat(refused.err().lines())
        .anyMatch(line ->
            line.contains("sealed")
                && line.endsWith(
                    "run mdp verify bars --repair --provider p --symbol SPY --interval 2s"
                        + " --from 2025-10-24T14:00:00Z --to 2025-10-24T14:00:02Z"))
        .anyMatch(line -> line.contains("still cannot be used: malformed"))
        .anyMatch(line -> line.contains("still more than max_future_ms ahead of now"));
    assertThat(stored()).hasSize((int) before);
    letters("requeue", "5-5", "--confirm").requireCode(65).requireOneLine("5-5");
    letters("requeue", "--confirm").requireCode(2);
  }

  @Test
  void purgesWhatIsChosenAndNothingElse() {
    scenario.xadd("{nonsense");
    scenario.xadd("{}");
    sealSpyAndSendLate();
    consume();
    writeAgain(stored().getFirst());

    Outcome dry = letters("purge", "--group", "tick-consumer", "--dry-run", "-o", "json");
    letters("purge", "--group", "tick-consumer").requireCode(2);
    letters("purge").requireCode(2);
    Outcome purged = letters("purge", "--group", "tick-consumer", "--confirm", "-o", "json");
    Outcome again = letters("purge", "--group", "tick-consumer", "--confirm", "-o", "json");

    assertThat(dry.requireCode(0).err()).contains("would delete: 1 bad_provider, 1 malformed");
    assertThat(dry.json().path("data").toString()).isEqualTo("{\"found\":2,\"removed\":0}");
    assertThat(purged.json().path("data").toString()).isEqualTo("{\"found\":2,\"removed\":2}");
    assertThat(again.requireCode(0).err()).contains("no dead letter matches");
    assertThat(stored())
        .extracting(letter -> letter.getBody().get("reason"))
        .containsExactly("sealed");
    letters("purge", stored().getFirst().getId(), "--confirm").requireCode(0);
    assertThat(stored()).isEmpty();
  }

  /// The last of three ticks comes five minutes late.
  private void sealSpyAndSendLate() {
    scenario.xadd(LiveTicks.tick("p", "SPY", T, 1, 10));
    scenario.xadd(LiveTicks.tick("p", "SPY", T.plusSeconds(300), 2, 11));
    scenario.xadd(LATE);
  }

  private void consume(String... more) {
    scenario.mdp(plus(more, "stream", "ticks", "--until-idle", "500ms")).requireCode(0);
    scenario.mdp(plus(more, "stream", "micro-batch", "--until-idle", "500ms")).requireCode(0);
  }

  /// The same letter a second time, as after a crash before the checkpoint.
  private void writeAgain(StreamMessage<String, String> letter) {
    scenario.redis().xadd(scenario.stream() + ".dlq", letter.getBody());
  }

  private List<StreamMessage<String, String>> stored() {
    return entries(scenario.stream() + ".dlq");
  }

  private List<StreamMessage<String, String>> entries(String stream) {
    return scenario.redis().xrange(stream, Range.unbounded());
  }

  private int shardOf(String symbol) {
    return scenario
        .mdp("stream", "shard-of", "p", symbol, "-o", "json", "--set", "bus.redis.shards=3")
        .json()
        .at("/data/shard")
        .asInt();
  }

  private List<JsonNode> rows(String... args) {
    List<JsonNode> rows = new ArrayList<>();
    Outcome outcome = letters(plus(new String[] {"-o", "json"}, args)).requireCode(0);
    assertThat(outcome.json().path("schema").asText()).isEqualTo("mdp.dead_letters.list/v1");
    outcome.json().path("data").forEach(rows::add);
    return rows;
  }

  private JsonNode data(String... args) {
    return letters(plus(new String[] {"-o", "json"}, args)).requireCode(0).json().path("data");
  }

  private static JsonNode row(List<JsonNode> rows, String reason) {
    return rows.stream()
        .filter(row -> row.path("reason").asText().equals(reason))
        .findFirst()
        .orElseThrow();
  }

  private static String counts(Outcome outcome) {
    ObjectNode data = (ObjectNode) outcome.json().path("data");
    data.remove("refusals");
    return data.toString();
  }

  private Outcome letters(String... args) {
    return scenario.mdp(Map.of(), args(args));
  }

  private Outcome sharded(String... args) {
    return letters(plus(new String[] {"--set", "bus.redis.shards=3"}, args));
  }

  private static String[] args(String... args) {
    return plus(args, "stream", "dead-letters");
  }

  private static String[] plus(String[] more, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
