/**
 * The settings window.
 */
@NullMarked
package dev.kansoku.ui.settings;

import org.jspecify.annotations.NullMarked;
