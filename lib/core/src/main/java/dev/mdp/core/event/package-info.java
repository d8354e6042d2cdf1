/// What travels: ticks, bars and lane ends, and the words that identify them.
@NullMarked
package dev.mdp.core.event;

import org.jspecify.annotations.NullMarked;
