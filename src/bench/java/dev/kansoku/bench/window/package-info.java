/**
 * The measured side: the program in its real window, told by the harness what to do, and what happens inside. It runs on the
 * program's own class path, so nothing in here may use a library of the tests.
 */
@NullMarked
package dev.kansoku.bench.window;

import org.jspecify.annotations.NullMarked;
