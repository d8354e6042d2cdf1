/// The ports of the database: bars, ticks, signals and their history.
@NullMarked
package dev.mdp.core.store;

import org.jspecify.annotations.NullMarked;
