package dev.mdp.providers.dataset;

import dev.mdp.core.event.Interval;
import org.jspecify.annotations.Nullable;

/// Where a row has the fields of a bar, stamped with its start.
///
/// @param interval the length of every bar of the dataset
/// @param volume null when the files have none, which is 0
public record BarMapping(
    Interval interval,
    String open,
    String high,
    String low,
    String close,
    @Nullable String volume) {}
