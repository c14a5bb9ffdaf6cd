/**
 * What the user can set, how the window was left, and the folders both lie in.
 */
@NullMarked
package dev.kansoku.settings;

import org.jspecify.annotations.NullMarked;
