package dev.kansoku.privacy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Extended grapheme clusters (UAX #29): what a reader takes for one character. {@code \X} finds one after the other, while
 * {@link java.text.BreakIterator} notes those of the whole text at once.
 */
final class Clusters {

    private static final Pattern CLUSTER = Pattern.compile("\\X");

    /** In UTF-16 units. */
    private static final int LOOKED_AT = 16 * 1024;

    private Clusters() {}

    static Matcher of(String text) {
        return CLUSTER.matcher(text);
    }

    /**
     * How many there are, counted no further than to a limit. Only the beginning of a long text is looked at: with a mark
     * after the other it may be a single one.
     *
     * @param most the limit
     */
    static int count(String text, int most) {
        Matcher clusters = of(text).region(0, Math.min(text.length(), LOOKED_AT));
        int count = 0;
        while (count < most && clusters.find()) {
            count++;
        }
        return count;
    }
}
