/// Ticks to the table `tick_data`, by competing consumers that acknowledge after the commit.
@NullMarked
package dev.mdp.pipeline.ticks;

import org.jspecify.annotations.NullMarked;
