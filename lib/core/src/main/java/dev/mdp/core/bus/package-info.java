/// The ports of the durable log: publish, read by position, compete in a group, inspect.
@NullMarked
package dev.mdp.core.bus;

import org.jspecify.annotations.NullMarked;
