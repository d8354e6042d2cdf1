@NullMarked
package dev.mdp.ops.prune;

import org.jspecify.annotations.NullMarked;
