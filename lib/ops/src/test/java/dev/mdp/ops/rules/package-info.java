@NullMarked
package dev.mdp.ops.rules;

import org.jspecify.annotations.NullMarked;
