/// The nemesis: real workers, real servers, faults by a seeded plan, and an oracle that judges what
/// is left.
@NullMarked
package dev.mdp.bench.nemesis;

import org.jspecify.annotations.NullMarked;
