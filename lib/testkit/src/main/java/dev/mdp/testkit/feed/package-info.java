/// What every live feed has to do, and a log of what one did.
@NullMarked
package dev.mdp.testkit.feed;

import org.jspecify.annotations.NullMarked;
