@NullMarked
package dev.mdp.cli.completion;

import org.jspecify.annotations.NullMarked;
