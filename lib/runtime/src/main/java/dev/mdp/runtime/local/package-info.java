/// The servers that `mdp up` starts itself, and the file by which other commands find them.
@NullMarked
package dev.mdp.runtime.local;

import org.jspecify.annotations.NullMarked;
