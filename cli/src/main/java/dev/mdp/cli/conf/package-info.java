/// `mdp config`: checks and shows the configuration.
@NullMarked
package dev.mdp.cli.conf;

import org.jspecify.annotations.NullMarked;
