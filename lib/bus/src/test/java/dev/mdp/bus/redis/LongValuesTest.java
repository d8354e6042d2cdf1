package dev.mdp.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LongValuesTest {
  @Test
  void shortensLongValuesAloneHoweverTheBytesAreCut() {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      ByteArrayOutputStream wanted = new ByteArrayOutputStream();
      for (int i = 1 + random.nextInt(30); i > 0; i--) {
        element(random, sent, wanted);
      }

      byte[] received = pass(random, sent.toByteArray());

      assertThat(received).as("seed " + seed).isEqualTo(wanted.toByteArray());
    }
  }

  @Test
  void aChunkWithoutALongValuePassesAsItIs() {
    EmbeddedChannel channel = new EmbeddedChannel(new LongValues());
    ByteBuf chunk = bytes("*2\r\n$3\r\nabc\r\n$-1\r\n:17\r\n+OK\r\n");

    channel.writeInbound(chunk);

    assertThat((Object) channel.readInbound()).isSameAs(chunk);
    chunk.release();
  }

  private static void element(
      SplittableRandom random, ByteArrayOutputStream sent, ByteArrayOutputStream wanted) {
    switch (random.nextInt(6)) {
      case 0 -> both(sent, wanted, "*" + random.nextInt(100) + "\r\n");
      case 1 -> both(sent, wanted, ":-" + random.nextInt(100) + "\r\n");
      case 2 -> both(sent, wanted, "$-1\r\n");
      case 3 -> both(sent, wanted, "-ERR $5 is no length\r\n");
      case 4 -> value(sent, wanted, "x$3\r\n".repeat(random.nextInt(40)));
      default -> value(sent, wanted, "$".repeat(LongValues.KEPT - 2 + random.nextInt(5_000)));
    }
  }

  private static void value(
      ByteArrayOutputStream sent, ByteArrayOutputStream wanted, String value) {
    String kept = value.substring(0, Math.min(value.length(), LongValues.KEPT));
    sent.writeBytes(ascii("$" + value.length() + "\r\n" + value + "\r\n"));
    wanted.writeBytes(ascii("$" + kept.length() + "\r\n" + kept + "\r\n"));
  }

  private static void both(
      ByteArrayOutputStream sent, ByteArrayOutputStream wanted, String element) {
    sent.writeBytes(ascii(element));
    wanted.writeBytes(ascii(element));
  }

  private static byte[] pass(SplittableRandom random, byte[] sent) {
    LongValues values = new LongValues();
    EmbeddedChannel channel = new EmbeddedChannel(values);
    List<ByteBuf> chunks = new ArrayList<>();
    int largest = random.nextBoolean() ? 7 : 40_000;
    for (int from = 0; from < sent.length; ) {
      int until = Math.min(sent.length, from + 1 + random.nextInt(largest));
      ByteBuf chunk = Unpooled.copiedBuffer(sent, from, until - from);
      chunks.add(chunk);
      channel.writeInbound(chunk);
      from = until;
    }
    assertThat(values.received()).isEqualTo(sent.length);
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    for (ByteBuf each = channel.readInbound(); each != null; each = channel.readInbound()) {
      byte[] some = new byte[each.readableBytes()];
      each.readBytes(some);
      received.writeBytes(some);
      each.release();
    }
    assertThat(chunks).allMatch(chunk -> chunk.refCnt() == 0);
    return received.toByteArray();
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(ascii(text));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
