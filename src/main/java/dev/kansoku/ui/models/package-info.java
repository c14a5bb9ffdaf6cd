/**
 * Choosing a model, and pulling one that is not installed.
 */
@NullMarked
package dev.kansoku.ui.models;

import org.jspecify.annotations.NullMarked;
