/// Rules tried on given ticks, without a bus and without a store.
@NullMarked
package dev.mdp.ops.rules;

import org.jspecify.annotations.NullMarked;
