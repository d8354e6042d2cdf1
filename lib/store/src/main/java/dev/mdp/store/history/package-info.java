/// Ranges of stored ticks and bars.
@NullMarked
package dev.mdp.store.history;

import org.jspecify.annotations.NullMarked;
