/// Files without ids: their ticks are numbered by their order, and that number is an identity only
/// within one reading. Here a reading is compared with what is stored, or numbered on after it.
@NullMarked
package dev.mdp.providers.ordinals;

import org.jspecify.annotations.NullMarked;
