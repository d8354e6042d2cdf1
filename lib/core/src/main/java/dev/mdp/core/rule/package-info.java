/// Rules as an operator writes them: a condition over features and the signal it stands for.
@NullMarked
package dev.mdp.core.rule;

import org.jspecify.annotations.NullMarked;
