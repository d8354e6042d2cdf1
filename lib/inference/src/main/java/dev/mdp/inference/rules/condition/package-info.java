/// The language of conditions: its words, its grammar, its tree. Knows no types and no features.
///
/// ```
/// condition  = conjunction { ("||" | "or") conjunction }
/// conjunction = negation { ("&&" | "and") negation }
/// negation   = "not" negation | comparison
/// comparison = sum [ ("<" | "<=" | ">" | ">=" | "==" | "!=") sum ]
/// sum        = product { ("+" | "-") product }
/// product    = sign { ("*" | "/" | "%") sign }
/// sign       = ("-" | "!") sign | number | string | "true" | "false" | "(" condition ")"
///            | name [ "(" [ condition { "," condition } ] ")" ]
/// ```
@NullMarked
package dev.mdp.inference.rules.condition;

import org.jspecify.annotations.NullMarked;
