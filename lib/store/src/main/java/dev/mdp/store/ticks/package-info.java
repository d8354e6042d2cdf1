/// The table tick_data.
@NullMarked
package dev.mdp.store.ticks;

import org.jspecify.annotations.NullMarked;
