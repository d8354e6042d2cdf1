/// A market that does not exist: seeded random walks at a fixed rate.
@NullMarked
package dev.mdp.providers.synthetic;

import org.jspecify.annotations.NullMarked;
