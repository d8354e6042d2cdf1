/// Live feeds onto the bus: each trade once, every hole known and filled.
@NullMarked
package dev.mdp.pipeline.feed;

import org.jspecify.annotations.NullMarked;
