/// Live trades of a venue, its past trades, and what is known of the ids between them.
@NullMarked
package dev.mdp.core.feed;

import org.jspecify.annotations.NullMarked;
