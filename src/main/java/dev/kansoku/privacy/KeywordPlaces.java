package dev.kansoku.privacy;

import java.util.BitSet;

/** Where some words stand in a text, looked up once for all who want to know whether one is near. */
final class KeywordPlaces {

    private final BitSet starts = new BitSet();

    KeywordPlaces(FoldedText text, Keywords words) {
        for (int i = 0; i < text.length(); i++) {
            if (words.beginAt(text, i)) {
                starts.set(i);
            }
        }
    }

    /** Whether one begins in this stretch. */
    boolean isIn(int start, int end) {
        int next = starts.nextSetBit(Math.max(0, start));
        return next >= 0 && next < end;
    }
}
