@NullMarked
package dev.mdp.pipeline;

import org.jspecify.annotations.NullMarked;
