@NullMarked
package dev.mdp.embedded;

import org.jspecify.annotations.NullMarked;
