package dev.mdp.core.bus;

import java.util.Optional;

/// The first and the last entry of one shard's log, and how many there are. `lastEver` is the
/// highest position the log ever gave out, also when the entry is gone; [Position#START] for a log
/// that was never written.
public record LogBounds(
    Optional<Position> first, Optional<Position> last, Position lastEver, long length) {}
