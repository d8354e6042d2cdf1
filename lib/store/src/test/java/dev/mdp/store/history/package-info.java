/// Tests of the store.
@NullMarked
package dev.mdp.store.history;

import org.jspecify.annotations.NullMarked;
