/// How processes of one group share the shards of a topic.
@NullMarked
package dev.mdp.pipeline.shards;

import org.jspecify.annotations.NullMarked;
