/// Proves of live feeds that nothing was missed, or names what was.
@NullMarked
package dev.mdp.ops.feed;

import org.jspecify.annotations.NullMarked;
