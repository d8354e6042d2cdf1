package dev.mdp.ops.feed;

import dev.mdp.core.feed.AuditedSeries;
import dev.mdp.core.feed.IdEvidence.Noted;
import dev.mdp.core.feed.IdRange;
import java.util.Optional;

/// Ids of a series that no stored trade has, all for the same reason.
///
/// @param noted the hole that explains them
/// @param fromMicros the event time of the last trade before them
/// @param toMicros the event time of the first trade after them
public record MissingIds(
    AuditedSeries series,
    IdRange ids,
    IdWord word,
    Optional<Noted> noted,
    long fromMicros,
    long toMicros) {}
