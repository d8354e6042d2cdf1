/// Tests of the store.
@NullMarked
package dev.mdp.store.database;

import org.jspecify.annotations.NullMarked;
