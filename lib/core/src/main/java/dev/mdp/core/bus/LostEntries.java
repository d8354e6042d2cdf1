package dev.mdp.core.bus;

/// Entries of one shard that the log no longer has although a consumer group still needed them.
public record LostEntries(int shard, long entries, Position first, Position last) {}
