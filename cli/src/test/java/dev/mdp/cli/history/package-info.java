@NullMarked
package dev.mdp.cli.history;

import org.jspecify.annotations.NullMarked;
