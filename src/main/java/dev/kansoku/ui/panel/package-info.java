/**
 * The live panel beside the chat, and the charts.
 */
@NullMarked
package dev.kansoku.ui.panel;

import org.jspecify.annotations.NullMarked;
