@NullMarked
package dev.mdp.bus;

import org.jspecify.annotations.NullMarked;
