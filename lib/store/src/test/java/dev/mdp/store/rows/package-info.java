@NullMarked
package dev.mdp.store.rows;

import org.jspecify.annotations.NullMarked;
