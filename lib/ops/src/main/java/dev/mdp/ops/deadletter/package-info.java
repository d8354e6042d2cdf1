/// Reading, choosing, re-sending and deleting dead letters.
@NullMarked
package dev.mdp.ops.deadletter;

import org.jspecify.annotations.NullMarked;
