/// `mdp calendar`: looks at trading days and their sessions.
@NullMarked
package dev.mdp.cli.calendar;

import org.jspecify.annotations.NullMarked;
