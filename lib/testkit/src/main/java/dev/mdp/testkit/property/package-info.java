/// A small seeded property runner: cases drawn from a seed, counterexamples made smaller.
@NullMarked
package dev.mdp.testkit.property;

import org.jspecify.annotations.NullMarked;
