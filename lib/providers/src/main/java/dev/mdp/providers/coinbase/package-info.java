/// The exchange Coinbase: its `matches` and `heartbeat` channels, its past trades by id, its
/// products. Trade ids are contiguous per product, and times have microseconds on the socket and
/// over REST alike, so that a trade has the same identity from both.
@NullMarked
package dev.mdp.providers.coinbase;

import org.jspecify.annotations.NullMarked;
