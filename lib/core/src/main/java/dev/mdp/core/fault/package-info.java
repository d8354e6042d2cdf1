/// Dying on purpose, for the proof that a crash at any place loses nothing.
@NullMarked
package dev.mdp.core.fault;

import org.jspecify.annotations.NullMarked;
