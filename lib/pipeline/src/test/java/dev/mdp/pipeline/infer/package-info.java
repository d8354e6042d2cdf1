@NullMarked
package dev.mdp.pipeline.infer;

import org.jspecify.annotations.NullMarked;
