@NullMarked
package dev.mdp.config;

import org.jspecify.annotations.NullMarked;
