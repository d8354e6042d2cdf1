/// What moves over one symbol's slices: the windows that end with the last evaluation.
@NullMarked
package dev.mdp.features.window;

import org.jspecify.annotations.NullMarked;
