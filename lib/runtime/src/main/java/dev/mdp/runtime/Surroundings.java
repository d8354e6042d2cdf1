package dev.mdp.runtime;

import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;

/// What surrounds the jobs of a process.
///
/// @param names is told what they meet
public record Surroundings(
    Clock clock, Map<String, String> environment, Console console, Consumer<MetNames> names) {}
