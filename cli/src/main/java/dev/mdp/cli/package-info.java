@NullMarked
package dev.mdp.cli;

import org.jspecify.annotations.NullMarked;
