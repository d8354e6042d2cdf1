/// The commands under `mdp stream dead-letters`.
@NullMarked
package dev.mdp.cli.letters;

import org.jspecify.annotations.NullMarked;
