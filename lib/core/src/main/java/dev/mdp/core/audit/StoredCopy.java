package dev.mdp.core.audit;

/// One of the times under which a trade is stored, with what is stored there.
///
/// @param micros its event time, microseconds since the epoch
/// @param size NaN when there is none, as are `bid` and `ask`
public record StoredCopy(long micros, double price, double size, double bid, double ask) {}
