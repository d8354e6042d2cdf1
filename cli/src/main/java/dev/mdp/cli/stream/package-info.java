/// `mdp stream …`
@NullMarked
package dev.mdp.cli.stream;

import org.jspecify.annotations.NullMarked;
