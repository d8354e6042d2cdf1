/// What conditions become: a tree of closures over doubles that allocates nothing.
///
/// A number that is NaN is *undefined*; whatever is computed from it is undefined too, and so is
/// what overflows or divides by zero, so that no infinity is ever compared. A truth is one of three
/// ([Truth]), combined as Kleene does: an undefined side decides nothing, but the other side may.
@NullMarked
package dev.mdp.inference.rules.program;

import org.jspecify.annotations.NullMarked;
