@NullMarked
package dev.mdp.ops.export;

import org.jspecify.annotations.NullMarked;
