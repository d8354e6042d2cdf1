/// The configuration: YAML, environment and flags into strict records, with every problem at once.
@NullMarked
package dev.mdp.config;

import org.jspecify.annotations.NullMarked;
