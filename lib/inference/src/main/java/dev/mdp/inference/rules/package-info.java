/// Rules: conditions over features, compiled once, evaluated for every symbol.
///
/// A condition knows numbers and booleans; anything may be *undefined* as well, and a rule fires
/// only on true. Everything is plain IEEE arithmetic on the evaluations' numbers: the same
/// evaluations give the same signals, wherever and whenever.
@NullMarked
package dev.mdp.inference.rules;

import org.jspecify.annotations.NullMarked;
