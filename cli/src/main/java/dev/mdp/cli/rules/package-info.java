/// `mdp rules`: rules checked, tried on given values, and tested on ticks.
@NullMarked
package dev.mdp.cli.rules;

import org.jspecify.annotations.NullMarked;
