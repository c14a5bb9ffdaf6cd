/** How signals reach the Collector: what waits for it on the disk, and what left the program. */
@NullMarked
package dev.kansoku.telemetry.delivery;

import org.jspecify.annotations.NullMarked;
