/// When markets are open: trading days and their sessions, by rules and by dates. No clock: the
/// time that is asked about comes in.
@NullMarked
package dev.mdp.core.calendar;

import org.jspecify.annotations.NullMarked;
