package dev.mdp.bus.redis;

import io.lettuce.core.protocol.ProtocolKeyword;
import java.nio.charset.StandardCharsets;

/// The commands this package sends. Written in lower case, so that Lettuce's own handling of
/// transactions leaves them alone.
enum Verb implements ProtocolKeyword {
  CONFIG("config"),
  EVAL("eval"),
  EXEC("exec"),
  EXISTS("exists"),
  GET("get"),
  INFO("info"),
  MULTI("multi"),
  PING("ping"),
  SET("set"),
  TIME("time"),
  XACK("xack"),
  XADD("xadd"),
  XAUTOCLAIM("xautoclaim"),
  XDEL("xdel"),
  XGROUP("xgroup"),
  XINFO("xinfo"),
  XLEN("xlen"),
  XPENDING("xpending"),
  XRANGE("xrange"),
  XREAD("xread"),
  XREADGROUP("xreadgroup"),
  XREVRANGE("xrevrange"),
  XTRIM("xtrim");

  private final String text;
  private final byte[] bytes;

  Verb(String text) {
    this.text = text;
    this.bytes = text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public byte[] getBytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return text;
  }
}
