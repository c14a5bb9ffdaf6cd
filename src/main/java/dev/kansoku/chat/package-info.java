/**
 * Conversations, turns, and the service that runs a turn; which models the server has and holds in memory.
 */
@NullMarked
package dev.kansoku.chat;

import org.jspecify.annotations.NullMarked;
