/// Tumbling windows over one shard: pure arithmetic and state, no I/O, no clock of its own.
@NullMarked
package dev.mdp.pipeline.window;

import org.jspecify.annotations.NullMarked;
