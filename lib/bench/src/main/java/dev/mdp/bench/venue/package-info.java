/// Doubles of venues that trade in real time, for the benchmark and the nemesis.
@NullMarked
package dev.mdp.bench.venue;

import org.jspecify.annotations.NullMarked;
