/**
 * One running program per data folder: who is first, and how a second one calls its window.
 */
@NullMarked
package dev.kansoku.instance;

import org.jspecify.annotations.NullMarked;
