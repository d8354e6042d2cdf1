@NullMarked
package dev.mdp.testkit;

import org.jspecify.annotations.NullMarked;
