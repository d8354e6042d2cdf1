/// Compares stored bars with their ticks, and repairs them.
@NullMarked
package dev.mdp.ops.audit;

import org.jspecify.annotations.NullMarked;
