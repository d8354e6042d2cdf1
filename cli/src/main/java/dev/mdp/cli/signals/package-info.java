/// `mdp signals …`.
@NullMarked
package dev.mdp.cli.signals;

import org.jspecify.annotations.NullMarked;
