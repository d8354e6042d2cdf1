/// The configured features of a symbol, from exact slices of its ticks.
@NullMarked
package dev.mdp.features;

import org.jspecify.annotations.NullMarked;
