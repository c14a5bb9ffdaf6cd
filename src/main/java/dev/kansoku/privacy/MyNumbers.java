package dev.kansoku.privacy;

/** Japanese Individual Numbers. One of eleven numbers of twelve digits has the right check digit, so it alone says little. */
final class MyNumbers implements NumberShape {

    private static final int DIGITS = 12;
    private static final int PRINTED_GROUP = 4;

    /** How far from a number the word may be that says what it is. */
    private static final int WORD_BEFORE = 48;

    private static final int WORD_AFTER = 24;

    private final KeywordPlaces words;

    MyNumbers(FoldedText text) {
        words = new KeywordPlaces(text, Keywords.MY_NUMBER);
    }

    @Override
    public int lastOf(NumberRun run, int group) {
        int total = 0;
        for (int last = group; last < run.count() && total < DIGITS; last++) {
            total += run.size(last);
            if (total == DIGITS && run.size(last) == run.size(group)) {
                return isMyNumber(run, group, last) ? last : NONE;
            }
            if (run.size(last) != run.size(group)) {
                return NONE;
            }
        }
        return NONE;
    }

    /** One that is called so, even with a slip in it; or one in the groups of the card with the right check digit. */
    private boolean isMyNumber(NumberRun run, int group, int last) {
        return words.isIn(run.start(group) - WORD_BEFORE, run.end(last) + WORD_AFTER)
                || (run.size(group) == PRINTED_GROUP
                        && !run.isFour(group - 1)
                        && !run.isFour(last + 1)
                        && CheckDigits.isMyNumber(run.digits(group, last)));
    }
}
