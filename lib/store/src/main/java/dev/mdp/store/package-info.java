@NullMarked
package dev.mdp.store;

import org.jspecify.annotations.NullMarked;
