package dev.mdp.core.feed;

import java.util.Optional;

/// Which trades of a series' time are stored: those with an id between two others. Trades are in
/// the order of their ids, which their times follow nearly.
///
/// @param rows how many
/// @param ids how many different ids they have
/// @param run from the lowest to the highest id; their times are the first and the last of all.
///   Empty without rows
/// @param below the trade with the highest id before that time
/// @param above the trade with the lowest id after it
/// @param scanFromMicros no trade of them is earlier
/// @param scanToMicros no trade of them is as late
public record StoredTrades(
    long rows,
    long ids,
    Optional<TradeRun> run,
    Optional<TradeMark> below,
    Optional<TradeMark> above,
    long scanFromMicros,
    long scanToMicros) {}
