/// Tests of the store.
@NullMarked
package dev.mdp.store.bars;

import org.jspecify.annotations.NullMarked;
