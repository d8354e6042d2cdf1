/// Holes of live feeds that an operator wants to have asked for again.
@NullMarked
package dev.mdp.ops.fill;

import org.jspecify.annotations.NullMarked;
