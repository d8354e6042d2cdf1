/// Ranges of the stored ticks and bars, as events.
@NullMarked
package dev.mdp.providers.history;

import org.jspecify.annotations.NullMarked;
