/// Files that are there as a whole or not at all.
@NullMarked
package dev.mdp.ops.export;

import org.jspecify.annotations.NullMarked;
