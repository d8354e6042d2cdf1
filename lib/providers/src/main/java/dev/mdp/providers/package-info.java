@NullMarked
package dev.mdp.providers;

import org.jspecify.annotations.NullMarked;
