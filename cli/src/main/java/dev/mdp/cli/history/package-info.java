/// Reading what is stored: `mdp bars` and `mdp ticks`.
@NullMarked
package dev.mdp.cli.history;

import org.jspecify.annotations.NullMarked;
