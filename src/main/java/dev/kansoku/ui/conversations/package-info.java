/**
 * The list of conversations and the trash.
 */
@NullMarked
package dev.kansoku.ui.conversations;

import org.jspecify.annotations.NullMarked;
