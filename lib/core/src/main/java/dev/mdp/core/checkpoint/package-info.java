/// Shards, their owners and how far they have come: the fence around every stateful write.
@NullMarked
package dev.mdp.core.checkpoint;

import org.jspecify.annotations.NullMarked;
