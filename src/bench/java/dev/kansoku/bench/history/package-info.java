/** A history as large as that of years. */
@NullMarked
package dev.kansoku.bench.history;

import org.jspecify.annotations.NullMarked;
