/// When the bars and the ticks of a replay are stored.
@NullMarked
package dev.mdp.ops.replay;

import org.jspecify.annotations.NullMarked;
