/// The commands under `mdp stream dead-letters`.
@NullMarked
package dev.mdp.cli.deadletter;

import org.jspecify.annotations.NullMarked;
