/// Tests of the store.
@NullMarked
package dev.mdp.store.checkpoints;

import org.jspecify.annotations.NullMarked;
