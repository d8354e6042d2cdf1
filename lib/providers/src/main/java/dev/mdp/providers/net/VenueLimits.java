package dev.mdp.providers.net;

import java.time.Duration;
import java.util.Optional;

/// What a venue allows and promises.
///
/// @param messages how many messages may be sent over one connection in any `messageWindow`, pongs
///   included
/// @param connects how many connections may be begun in any `connectWindow`
/// @param silence a living connection is never silent for longer
/// @param confirmWithin a subscription that is not confirmed by then has failed
/// @param maxAge how old a connection may become before the venue ends it
/// @param symbolsPerConnection how many symbols one connection may carry
public record VenueLimits(
    int messages,
    Duration messageWindow,
    int connects,
    Duration connectWindow,
    Duration silence,
    Duration confirmWithin,
    Optional<Duration> maxAge,
    int symbolsPerConnection) {}
