package dev.kansoku.history;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A line of a text, from shortly before its first hit.
 *
 * @param text about 120 UTF-16 units; white space is one space, and an ellipsis stands where the text goes on
 * @param hits the hits that are in it, with their places in this line
 */
public record Snippet(String text, List<TextRange> hits) {

    private static final int LENGTH = 120;
    private static final int BEFORE = 30;

    /** How far to look for the border of a word or sentence. */
    private static final int SLACK = 16;

    /** How long something that is seen as one character may be. */
    private static final int CLUSTER = 64;

    /** Where one flag ends and the next begins can only be told from the first of them. */
    private static final int LOOK_BACK = 256;

    private static final String ELLIPSIS = "…";
    private static final String STOPS = "。、，．！？";

    public Snippet {
        hits = List.copyOf(hits);
    }

    /**
     * The line around the first hit, or the beginning of the text if there is none.
     *
     * @param hits in this text, in order
     */
    public static Snippet of(String text, List<TextRange> hits) {
        TextRange first = hits.isEmpty() ? new TextRange(0, 0) : hits.getFirst();
        int from = Math.max(0, Math.min(first.start() - BEFORE, text.length() - LENGTH));
        int to = Math.min(text.length(), from + LENGTH);
        var clusters = new Clusters(text, from, to);
        int start = from == 0 ? 0 : start(text, clusters, from, first.start());
        int end = to == text.length() ? to : end(text, clusters, to, start, first.end());
        return line(text, start, end, hits);
    }

    private static int start(String text, Clusters clusters, int from, int hit) {
        int most = Math.min(from + SLACK, hit);
        for (int i = from; i <= most; i++) {
            char before = text.charAt(i - 1);
            if ((isSpace(before) || STOPS.indexOf(before) >= 0) && clusters.isBorder(i)) {
                return i;
            }
        }
        return Math.min(clusters.atOrAfter(from), hit);
    }

    private static int end(String text, Clusters clusters, int to, int start, int hitEnd) {
        int least = Math.max(to - SLACK, Math.max(start + 1, hitEnd));
        for (int i = to; i >= least; i--) {
            if ((isSpace(text.charAt(i)) || STOPS.indexOf(text.charAt(i - 1)) >= 0) && clusters.isBorder(i)) {
                return i;
            }
        }
        int before = clusters.atOrBefore(to);
        return before > start ? before : clusters.atOrAfter(to);
    }

    private static Snippet line(String text, int start, int end, List<TextRange> hits) {
        var line = new StringBuilder(start > 0 ? ELLIPSIS : "");
        int[] places = new int[end - start + 1];
        boolean spaced = true;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            places[i - start] = line.length();
            if (!isSpace(c)) {
                line.append(c);
            } else if (!spaced) {
                line.append(' ');
            }
            spaced = isSpace(c);
        }
        places[end - start] = line.length();
        if (end < text.length()) {
            line.append(ELLIPSIS);
        }
        List<TextRange> inside = new ArrayList<>();
        for (TextRange hit : hits) {
            if (hit.start() >= start && hit.start() < end) {
                int hitEnd = Math.min(hit.end(), end);
                inside.add(new TextRange(places[hit.start() - start], places[hitEnd - start]));
            }
        }
        return new Snippet(line.toString(), inside);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
    }

    /** What is seen as one character, around a part of a text. */
    private static final class Clusters {

        private final BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
        private final int offset;

        Clusters(String text, int from, int to) {
            offset = surrogateStart(text, Math.max(0, from - LOOK_BACK));
            breaks.setText(text.substring(offset, surrogateStart(text, Math.min(text.length(), to + CLUSTER))));
        }

        private static int surrogateStart(String text, int i) {
            boolean inside = i > 0
                    && i < text.length()
                    && Character.isLowSurrogate(text.charAt(i))
                    && Character.isHighSurrogate(text.charAt(i - 1));
            return inside ? i - 1 : i;
        }

        boolean isBorder(int i) {
            return breaks.isBoundary(i - offset);
        }

        int atOrAfter(int i) {
            return isBorder(i) ? i : offset + breaks.following(i - offset);
        }

        int atOrBefore(int i) {
            return isBorder(i) ? i : offset + breaks.preceding(i - offset);
        }
    }
}
