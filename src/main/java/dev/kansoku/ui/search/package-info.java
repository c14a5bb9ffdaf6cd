/** The search over everything that was said, as it is typed. */
@NullMarked
package dev.kansoku.ui.search;

import org.jspecify.annotations.NullMarked;
