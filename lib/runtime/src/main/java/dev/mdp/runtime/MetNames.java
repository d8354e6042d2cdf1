package dev.mdp.runtime;

import java.util.Collection;

/// Names that a process has met, for shells to offer at TAB.
public record MetNames(
    Collection<String> runs, Collection<String> providers, Collection<String> symbols) {}
