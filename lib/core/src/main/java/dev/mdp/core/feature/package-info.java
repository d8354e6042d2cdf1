/// What is computed for a symbol at the close of an evaluation window.
@NullMarked
package dev.mdp.core.feature;

import org.jspecify.annotations.NullMarked;
