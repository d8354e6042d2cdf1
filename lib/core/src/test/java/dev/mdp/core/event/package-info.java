@NullMarked
package dev.mdp.core.event;

import org.jspecify.annotations.NullMarked;
