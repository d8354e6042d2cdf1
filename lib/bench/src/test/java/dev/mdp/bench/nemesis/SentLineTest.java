package dev.mdp.bench.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentLineTest {
  private static final long ACK = 1_795_278_228_867_143L;

  @TempDir Path folder;

  @Test
  void whatCameBeforeAnAcknowledgementIsAcknowledgedAndTheRestIsNot() throws Exception {
    Path account = folder.resolve("account");
    Files.writeString(
        account,
        SentLine.write(tick(1)) + SentLine.acknowledged(ACK) + SentLine.write(tick(2)) + "a 1795");
    List<SentLine.Sent> sent = new ArrayList<>();

    SentLine.read(account, 7, sent::add);

    assertThat(sent).extracting(SentLine.Sent::acknowledged).containsExactly(true, false);
    assertThat(sent).extracting(SentLine.Sent::order).containsExactly(7L, 8L);
    assertThat(sent.getFirst().id()).isEqualTo(tick(1).eventId());
    assertThat(sent.getFirst().price()).isEqualTo(102.75253000000001);
  }

  private static Tick tick(long seq) {
    return new Tick(
        "p",
        "",
        new Symbol("S1"),
        ACK,
        seq,
        102.75253000000001,
        1.5,
        Tick.ABSENT,
        Tick.ABSENT,
        ACK);
  }
}
