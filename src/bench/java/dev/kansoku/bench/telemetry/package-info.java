/** Telemetry in a process of its own, on the program's own class path: nothing in here may use a library of the tests. */
@NullMarked
package dev.kansoku.bench.telemetry;

import org.jspecify.annotations.NullMarked;
