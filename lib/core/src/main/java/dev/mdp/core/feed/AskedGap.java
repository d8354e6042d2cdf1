package dev.mdp.core.feed;

/// A hole that an operator wants to have asked for again.
///
/// @param gap as the store has it now: open, and never asked for
/// @param was in which state it was before
public record AskedGap(FeedGap gap, GapState was) {}
