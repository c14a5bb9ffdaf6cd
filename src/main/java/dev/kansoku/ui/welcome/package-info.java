/**
 * What one sees first: what is missing and how to get it, and that a demo is one.
 */
@NullMarked
package dev.kansoku.ui.welcome;

import org.jspecify.annotations.NullMarked;
