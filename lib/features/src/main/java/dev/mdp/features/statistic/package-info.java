/// Statistics of numbers, one a file; none knows of time, ticks or symbols.
@NullMarked
package dev.mdp.features.statistic;

import org.jspecify.annotations.NullMarked;
