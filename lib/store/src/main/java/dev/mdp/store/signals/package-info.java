/// Signals, the state of evaluations, and what is still to be published.
@NullMarked
package dev.mdp.store.signals;

import org.jspecify.annotations.NullMarked;
