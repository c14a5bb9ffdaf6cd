/**
 * What was said and measured, kept in SQLite: the only room that knows its tables. Everything is written by one thread;
 * readers have connections of their own.
 */
@NullMarked
package dev.kansoku.history;

import org.jspecify.annotations.NullMarked;
