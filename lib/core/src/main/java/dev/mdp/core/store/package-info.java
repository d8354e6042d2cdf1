/// The ports of the database: bars, ticks, checkpoints, job runs, history.
@NullMarked
package dev.mdp.core.store;

import org.jspecify.annotations.NullMarked;
