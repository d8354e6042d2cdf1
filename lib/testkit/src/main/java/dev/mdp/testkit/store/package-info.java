/// Stores in memory, and what every store has to do.
@NullMarked
package dev.mdp.testkit.store;

import org.jspecify.annotations.NullMarked;
