/// What a benchmark needs of the bus's own client: raw appends and a bare read.
@NullMarked
package dev.mdp.bus.redis;

import org.jspecify.annotations.NullMarked;
