/// `mdp verify …`: stored results against what they were made from.
@NullMarked
package dev.mdp.cli.verify;

import org.jspecify.annotations.NullMarked;
