/**
 * What a turn took and why: its segments, the load verdict, the processes of a local server.
 */
@NullMarked
package dev.kansoku.measure;

import org.jspecify.annotations.NullMarked;
