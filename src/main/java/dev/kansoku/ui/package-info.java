/**
 * The main window.
 */
@NullMarked
package dev.kansoku.ui;

import org.jspecify.annotations.NullMarked;
