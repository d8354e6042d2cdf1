package dev.mdp.core.feed;

import dev.mdp.core.event.Symbol;

/// How far a series is published. Every id from `firstId` to the head's is, but for the open holes.
///
/// @param epoch from 0; a new one begins when the venue's ids begin again
/// @param firstId the lowest id of the epoch that was published
/// @param contiguousThrough the highest id up to which every id from the first is present
/// @param head the trade with the highest id
public record FeedCursor(
    Symbol symbol, int epoch, long firstId, long contiguousThrough, TradeMark head) {}
