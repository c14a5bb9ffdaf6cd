/**
 * The chat: blocks of text, the prompt field, the list of conversations.
 */
@NullMarked
package dev.kansoku.ui.chat;

import org.jspecify.annotations.NullMarked;
