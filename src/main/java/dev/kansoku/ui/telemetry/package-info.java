/**
 * Telemetry as its user sees it: the question before anything is sent, the mark that stays while it is, and the window that
 * shows where it goes, what has left, and what the masker makes of a text.
 */
@NullMarked
package dev.kansoku.ui.telemetry;

import org.jspecify.annotations.NullMarked;
