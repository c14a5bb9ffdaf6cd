/**
 * Faults of the program itself: the log and the crash files. Neither holds text of prompts or replies.
 */
@NullMarked
package dev.kansoku.faults;

import org.jspecify.annotations.NullMarked;
