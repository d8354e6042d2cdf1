package dev.mdp.bus.redis;

import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.Command;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// One XADD, written straight into the connection's buffer: stream, then field, value, ….
final class Append extends Command<byte[], byte[], String> {
  private static final byte[] BEGIN = ascii("$4\r\nXADD\r\n");
  private static final byte[] AUTO_ID = ascii("$1\r\n*\r\n");

  private final byte[] key;
  private final byte[][] fieldsAndValues;

  Append(CommandOutput<byte[], byte[], String> output, byte[] key, byte[]... fieldsAndValues) {
    super(Verb.XADD, output);
    this.key = key;
    this.fieldsAndValues = fieldsAndValues;
  }

  @Override
  public void encode(ByteBuf buffer) {
    length(buffer, '*', 3 + fieldsAndValues.length);
    buffer.writeBytes(BEGIN);
    bulk(buffer, key);
    buffer.writeBytes(AUTO_ID);
    for (byte[] part : fieldsAndValues) {
      bulk(buffer, part);
    }
  }

  private static void bulk(ByteBuf buffer, byte[] bytes) {
    length(buffer, '$', bytes.length);
    buffer.writeBytes(bytes);
    buffer.writeByte('\r');
    buffer.writeByte('\n');
  }

  private static void length(ByteBuf buffer, char type, int length) {
    buffer.writeByte(type);
    int power = 1;
    while (length / power >= 10) {
      power *= 10;
    }
    for (; power > 0; power /= 10) {
      buffer.writeByte('0' + length / power % 10);
    }
    buffer.writeByte('\r');
    buffer.writeByte('\n');
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
