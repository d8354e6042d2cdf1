package dev.mdp.features;

import dev.mdp.core.feature.FeatureKind;

/// Where a feature's value comes from.
///
/// @param slot which one of the windows or states that serve this kind
/// @param horizonMicros how far back it looks; 0 where it looks back bars
/// @param factor what the statistic is multiplied by
record FeatureColumn(FeatureKind kind, int slot, long horizonMicros, double factor) {}
