/// `mdp producers`: the producers of live events, and whether their venues are of use from here.
@NullMarked
package dev.mdp.cli.producers;

import org.jspecify.annotations.NullMarked;
