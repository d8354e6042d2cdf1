/// Tumbling windows over one shard: pure arithmetic and state, no I/O, no clock.
@NullMarked
package dev.mdp.pipeline.window;

import org.jspecify.annotations.NullMarked;
