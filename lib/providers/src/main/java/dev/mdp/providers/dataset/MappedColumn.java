package dev.mdp.providers.dataset;

import java.util.Locale;

/// What a dataset's column can mean; the order is that of the texts a row is read into.
enum MappedColumn {
  SRC_TS,
  PRICE,
  SIZE,
  SEQ,
  BID,
  ASK,
  SYMBOL,
  OPEN,
  HIGH,
  LOW,
  CLOSE,
  VOLUME;

  static final int COUNT = values().length;

  /// The word in the configuration and in messages: `src_ts`.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
