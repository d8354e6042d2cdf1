package dev.mdp.bus.redis;

import dev.mdp.bus.codec.EventCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Shortens every value of a reply (RESP2) that is longer than any entry may be, while it comes in:
/// Lettuce would gather all of it in memory before it gives it to anyone, and entries may have 512
/// MB. Everything else passes as it is, without a copy. One channel, on its thread.
final class LongValues extends ChannelDuplexHandler {
  /// One byte more than an entry may have, so that a shortened one is still too long.
  static final int KEPT = EventCodec.MAX_BYTES + 1;

  private static final byte[] SHORTENED = ("$" + KEPT + "\r\n").getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_LENGTH = 32;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /// Where in the reply the next byte lies.
  private enum Place {
    LINE_START,
    LINE,
    LENGTH,
    KEPT_BYTES,
    DROPPED_BYTES
  }

  private Place place = Place.LINE_START;
  private long length;
  private long left;
  private long dropped;

  /// The beginning of a length whose end has not come yet.
  private final byte[] begun = new byte[LONGEST_LENGTH];

  private int begunBytes;
  private volatile long received;

  /// From where on the bytes at hand are not passed on yet.
  private int from;

  private boolean whole;

  /// How many bytes have come in.
  long received() {
    return received;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof Reply<?> reply) {
      reply.comesOver(this);
    } else if (message instanceof Iterable<?> many) {
      for (Object each : many) {
        if (each instanceof Reply<?> reply) {
          reply.comesOver(this);
        }
      }
    }
    super.write(context, message, promise);
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the channel's thread writes it
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      context.fireChannelRead(message);
      return;
    }
    received += bytes.readableBytes();
    from = bytes.readerIndex();
    whole = true;
    int end = bytes.writerIndex();
    ByteBuffer view = bytes.nioBufferCount() == 1 ? bytes.nioBuffer(from, end - from) : NOTHING;
    int begin = from;
    for (int at = from; at < end; ) {
      int passed = place == Place.LINE_START ? skipShort(view, at - begin) + begin : at;
      at = passed > at ? passed : step(context, bytes, at, end);
    }
    if (whole && from == bytes.readerIndex()) {
      context.fireChannelRead(bytes);
    } else {
      pass(context, bytes, end);
      bytes.release();
    }
  }

  /// Skips what is whole and short enough: nearly everything, so this is all that most bytes cost.
  /// Returns where it ends, at the beginning of a line or of a value's last part.
  private int skipShort(ByteBuffer bytes, int begin) {
    int end = bytes.limit();
    int at = begin;
    while (at < end) {
      boolean isValue = bytes.get(at) == '$';
      int digit = at + 1;
      int number = 0;
      byte each = 0;
      while (digit < end && (each = bytes.get(digit)) != '\n') {
        if (isValue && each != '\r') {
          if (each < '0' || each > '9' || number > KEPT) {
            return at;
          }
          number = number * 10 + (each - '0');
        }
        digit++;
      }
      int next = digit + 1 + (isValue ? number + 2 : 0);
      if (each != '\n' || digit == end || number > KEPT || next > end) {
        return at;
      }
      at = next;
    }
    return at;
  }

  /// Returns where to continue.
  private int step(ChannelHandlerContext context, ByteBuf bytes, int at, int end) {
    return switch (place) {
      case LINE_START -> lineStart(context, bytes, at, end);
      case LINE -> {
        int newline = bytes.indexOf(at, end, (byte) '\n');
        place = newline < 0 ? Place.LINE : Place.LINE_START;
        yield newline < 0 ? end : newline + 1;
      }
      case LENGTH -> lengthEnd(context, bytes, at, end);
      case KEPT_BYTES -> {
        int some = (int) Math.min(left, end - at);
        left -= some;
        if (left == 0) {
          place = dropped > 0 ? Place.DROPPED_BYTES : Place.LINE_START;
          if (dropped > 0) {
            pass(context, bytes, at + some);
          }
        }
        yield at + some;
      }
      case DROPPED_BYTES -> {
        int some = (int) Math.min(dropped, end - at);
        dropped -= some;
        from = at + some;
        if (dropped == 0) {
          left = 2; // the line's end
          place = Place.KEPT_BYTES;
        }
        yield at + some;
      }
    };
  }

  private int lineStart(ChannelHandlerContext context, ByteBuf bytes, int at, int end) {
    if (bytes.getByte(at) != '$') {
      place = Place.LINE;
      return at;
    }
    length = 0;
    int newline = number(bytes, at + 1, end);
    if (newline < 0) {
      pass(context, bytes, at);
      begunBytes = 0;
      hold(bytes, at, end);
      place = Place.LENGTH;
      return end;
    }
    if (length > KEPT) {
      pass(context, bytes, at);
      shorten(context, newline + 1);
    } else {
      keep();
    }
    return newline + 1;
  }

  /// The rest of a length that began before the bytes at hand.
  private int lengthEnd(ChannelHandlerContext context, ByteBuf bytes, int at, int end) {
    int newline = number(bytes, at, end);
    if (newline < 0) {
      hold(bytes, at, end);
      from = end;
      return end;
    }
    if (length > KEPT) {
      shorten(context, newline + 1);
    } else {
      context.fireChannelRead(Unpooled.copiedBuffer(begun, 0, begunBytes));
      keep();
    }
    return newline + 1;
  }

  /// Adds digits to the length; returns where its line ends, or -1 when that has not come yet. A
  /// value that is not there has the length -1.
  private int number(ByteBuf bytes, int at, int end) {
    for (int i = at; i < end; i++) {
      byte each = bytes.getByte(i);
      if (each == '\n') {
        return i;
      } else if (each == '-') {
        length = Long.MIN_VALUE;
      } else if (each >= '0' && each <= '9' && length >= 0) {
        length = length * 10 + (each - '0');
      }
    }
    return -1;
  }

  private void keep() {
    dropped = 0;
    left = length + 2;
    place = length < 0 ? Place.LINE_START : Place.KEPT_BYTES;
  }

  private void shorten(ChannelHandlerContext context, int begin) {
    context.fireChannelRead(Unpooled.wrappedBuffer(SHORTENED));
    from = begin;
    whole = false;
    dropped = length - KEPT;
    left = KEPT;
    place = Place.KEPT_BYTES;
  }

  private void hold(ByteBuf bytes, int at, int end) {
    int some = Math.min(end - at, LONGEST_LENGTH - begunBytes);
    bytes.getBytes(at, begun, begunBytes, some);
    begunBytes += some;
    from = end;
    whole = false;
  }

  private void pass(ChannelHandlerContext context, ByteBuf bytes, int until) {
    whole = false;
    if (until > from) {
      context.fireChannelRead(bytes.retainedSlice(from, until - from));
      from = until;
    }
  }
}
