/// What a shell offers at TAB: the scripts, and the file of names that they read.
@NullMarked
package dev.mdp.cli.completion;

import org.jspecify.annotations.NullMarked;
