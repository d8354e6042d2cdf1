/// Tests of the store.
@NullMarked
package dev.mdp.store;

import org.jspecify.annotations.NullMarked;
