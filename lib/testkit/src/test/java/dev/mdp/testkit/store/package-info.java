/// The stores in memory do what every store has to.
@NullMarked
package dev.mdp.testkit.store;

import org.jspecify.annotations.NullMarked;
