package dev.mdp.config.read;

/// One effective value with its path and origin.
///
/// @param value a number, text, boolean or list, already redacted
public record Setting(String path, Object value, Origin origin) {}
