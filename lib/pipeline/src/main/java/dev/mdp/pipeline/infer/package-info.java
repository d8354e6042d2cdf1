/// From the stream to signals: features at the close of each evaluation window, rules or a model on
/// them, signals committed with the checkpoint and then published.
@NullMarked
package dev.mdp.pipeline.infer;

import org.jspecify.annotations.NullMarked;
