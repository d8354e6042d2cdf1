/// What became of the events that were read: each has one outcome, and the outcomes add up.
@NullMarked
package dev.mdp.core.ledger;

import org.jspecify.annotations.NullMarked;
