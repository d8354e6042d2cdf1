package dev.mdp.bus.codec;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of wire version 1.
enum WireField {
  VERSION("ver"),
  PROVIDER("provider"),
  SYMBOL("symbol"),
  KIND("kind"),
  INTERVAL("interval"),
  SRC_TS("src_ts"),
  INGEST_TS("ingest_ts"),
  OPEN("o"),
  HIGH("h"),
  LOW("l"),
  CLOSE("c"),
  PRICE("price"),
  VOLUME("v"),
  SIZE("size"),
  BID("bid"),
  ASK("ask"),
  SEQ("seq"),
  EVENT_ID("event_id"),
  LANE("lane");

  private static final Map<String, WireField> BY_NAME = new HashMap<>();

  static {
    for (WireField field : values()) {
      BY_NAME.put(field.wireName, field);
    }
  }

  final String wireName;

  WireField(String wireName) {
    this.wireName = wireName;
  }

  static @Nullable WireField of(String name) {
    return BY_NAME.get(name);
  }

  /// How a value of the field is written.
  boolean isText() {
    return switch (this) {
      case PROVIDER, SYMBOL, KIND, INTERVAL, SRC_TS, INGEST_TS, EVENT_ID, LANE -> true;
      case VERSION, OPEN, HIGH, LOW, CLOSE, PRICE, VOLUME, SIZE, BID, ASK, SEQ -> false;
    };
  }
}
