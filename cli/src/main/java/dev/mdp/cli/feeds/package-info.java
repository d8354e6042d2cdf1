/// `mdp feeds …`.
@NullMarked
package dev.mdp.cli.feeds;

import org.jspecify.annotations.NullMarked;
