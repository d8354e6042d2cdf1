package dev.mdp.core.feed;

import java.util.OptionalLong;

/// A trade of a venue that was refused here.
///
/// @param symbol as the venue wrote it, where it could be read; empty otherwise
/// @param id the trade's id, where it could be read
/// @param raw the frame or the part of it that holds the trade, in UTF-8; for a dead letter
/// @param reason as dead letters name it: `bad_price`, `bad_size`, …
public record UnusableTrade(String symbol, OptionalLong id, byte[] raw, String reason) {}
