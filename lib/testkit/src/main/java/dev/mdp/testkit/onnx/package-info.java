@NullMarked
package dev.mdp.testkit.onnx;

import org.jspecify.annotations.NullMarked;
