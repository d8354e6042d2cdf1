package dev.mdp.core.bus;

import java.util.Optional;

/// Where one shard's log begins and ends.
///
/// @param first the first entry, empty when there is none
/// @param last the last entry, empty when there is none
/// @param lastEver the highest position the log ever gave out, also when the entry is gone;
///   [Position#START] for a log that was never written
/// @param headTrimmed whether entries before the first one are known to have been removed
public record LogBounds(
    Optional<Position> first,
    Optional<Position> last,
    Position lastEver,
    long length,
    boolean headTrimmed) {}
