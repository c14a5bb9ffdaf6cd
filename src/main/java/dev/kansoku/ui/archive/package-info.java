/** Conversations out of the program, as files, and into it again. */
@NullMarked
package dev.kansoku.ui.archive;

import org.jspecify.annotations.NullMarked;
