/**
 * The chat: blocks of text, the prompt field.
 */
@NullMarked
package dev.kansoku.ui.chat;

import org.jspecify.annotations.NullMarked;
