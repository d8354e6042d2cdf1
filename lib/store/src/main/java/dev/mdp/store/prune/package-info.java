/// Taking old rows away.
@NullMarked
package dev.mdp.store.prune;

import org.jspecify.annotations.NullMarked;
