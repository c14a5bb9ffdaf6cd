/** The masker in a process of its own. */
@NullMarked
package dev.kansoku.bench.masker;

import org.jspecify.annotations.NullMarked;
