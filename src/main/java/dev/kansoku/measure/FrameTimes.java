package dev.kansoku.measure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the window took from one picture to the next while it had something to draw: what its user feels as lag. Safe
 * for several threads.
 */
public final class FrameTimes {

    private @Nullable Duration longest;

    /** Two pictures, both of them wanted, were so far apart. */
    public synchronized void drawn(Duration apart) {
        if (longest == null || apart.compareTo(longest) > 0) {
            longest = apart;
        }
    }

    /** The longest since this was asked last; {@code null} if there was nothing to draw. */
    public synchronized @Nullable Duration takeLongest() {
        @Nullable Duration taken = longest;
        longest = null;
        return taken;
    }
}
