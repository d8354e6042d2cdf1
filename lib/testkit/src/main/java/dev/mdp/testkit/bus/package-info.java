/// What every bus has to do, as tests.
@NullMarked
package dev.mdp.testkit.bus;

import org.jspecify.annotations.NullMarked;
