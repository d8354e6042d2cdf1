package dev.mdp.testkit.venue;

/// One trade of one symbol.
record TradeKey(String symbol, long id) {}
