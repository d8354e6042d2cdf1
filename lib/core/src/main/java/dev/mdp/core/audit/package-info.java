/// Stored bars compared with a recompute from the ticks, and their repair.
@NullMarked
package dev.mdp.core.audit;

import org.jspecify.annotations.NullMarked;
