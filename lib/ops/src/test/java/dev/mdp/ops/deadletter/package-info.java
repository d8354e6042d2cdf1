@NullMarked
package dev.mdp.ops.deadletter;

import org.jspecify.annotations.NullMarked;
