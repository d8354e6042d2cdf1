/// Tests of what the embedded servers have in common.
@NullMarked
package dev.mdp.embedded;

import org.jspecify.annotations.NullMarked;
