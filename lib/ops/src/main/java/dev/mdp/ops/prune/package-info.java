/// Removes old rows in batches, as far as no one still needs them.
@NullMarked
package dev.mdp.ops.prune;

import org.jspecify.annotations.NullMarked;
