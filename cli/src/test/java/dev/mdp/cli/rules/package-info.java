@NullMarked
package dev.mdp.cli.rules;

import org.jspecify.annotations.NullMarked;
