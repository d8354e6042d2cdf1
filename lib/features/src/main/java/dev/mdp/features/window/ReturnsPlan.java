package dev.mdp.features.window;

/// What is asked of the log returns of one horizon.
///
/// @param bars how many windows of `every` fit the horizon
/// @param order the highest moment that is asked for
public record ReturnsPlan(int bars, int order) {}
