/// Tests of the store.
@NullMarked
package dev.mdp.store.schema;

import org.jspecify.annotations.NullMarked;
