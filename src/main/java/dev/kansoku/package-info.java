/**
 * The program: its start and the wiring of its parts.
 */
@NullMarked
package dev.kansoku;

import org.jspecify.annotations.NullMarked;
