package dev.mdp.core.feed;

/// A trade as a place in its series.
///
/// @param micros its event time, microseconds since the epoch
public record TradeMark(long id, long micros) {}
