/// Tests of the store.
@NullMarked
package dev.mdp.store.runs;

import org.jspecify.annotations.NullMarked;
