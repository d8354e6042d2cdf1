/// Tests of the comparison of bars with ticks.
@NullMarked
package dev.mdp.store.verify;

import org.jspecify.annotations.NullMarked;
