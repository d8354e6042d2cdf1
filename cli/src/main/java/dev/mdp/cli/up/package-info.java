/// `mdp up`: the whole pipeline in one process, on its own servers when none are named.
@NullMarked
package dev.mdp.cli.up;

import org.jspecify.annotations.NullMarked;
