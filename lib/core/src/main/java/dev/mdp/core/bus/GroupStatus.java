package dev.mdp.core.bus;

/// One consumer group on one shard: how far it was delivered, what is unacknowledged, how many
/// entries wait.
///
/// @param lag entries not yet delivered, or -1 when the bus cannot tell
public record GroupStatus(
    String group, int shard, Position lastDelivered, long pending, long consumers, long lag) {}
