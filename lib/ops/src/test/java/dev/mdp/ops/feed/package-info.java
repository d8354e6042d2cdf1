/// Tests of the proof of feeds.
@NullMarked
package dev.mdp.ops.feed;

import org.jspecify.annotations.NullMarked;
