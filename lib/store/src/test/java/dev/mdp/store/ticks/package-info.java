/// Tests of the store.
@NullMarked
package dev.mdp.store.ticks;

import org.jspecify.annotations.NullMarked;
