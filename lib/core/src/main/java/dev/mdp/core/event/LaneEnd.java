package dev.mdp.core.event;

/// The lane or feed is over (`kind: end`): its windows close at once. Written to every shard after
/// all else was acknowledged.
public record LaneEnd(String provider, String lane) implements MarketEvent {}
