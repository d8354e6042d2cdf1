/// Removes old rows in batches, as far as nobody still needs them.
@NullMarked
package dev.mdp.ops.prune;

import org.jspecify.annotations.NullMarked;
