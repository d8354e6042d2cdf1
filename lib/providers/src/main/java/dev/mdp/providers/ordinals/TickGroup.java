package dev.mdp.providers.ordinals;

import java.time.Duration;

/// The group that stores ticks, as its checkpoints name it.
///
/// @param patience how long the group may stand still before what it has not stored is looked for
///   on the bus instead
public record TickGroup(String name, String topic, int shards, Duration patience) {}
