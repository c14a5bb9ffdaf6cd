package dev.kansoku.privacy;

/** Japanese postal codes, ZIP+4 codes, and any digits that a word before them calls a postal code. */
final class PostalCodes implements NumberShape {

    private static final int WORD_BEFORE = 16;

    private final KeywordPlaces words;

    PostalCodes(FoldedText text) {
        words = new KeywordPlaces(text, Keywords.POSTAL_CODE);
    }

    @Override
    public int lastOf(NumberRun run, int group) {
        int next = group + 1;
        int size = run.size(group);
        boolean two = next < run.count();
        boolean called = size >= 3 && size <= 7 && isCalledPostalCode(run.start(group));
        if (two && size == 3 && run.size(next) == 4) {
            boolean whole = isDashed(run, group) && !isDashed(run, group - 1) && !isDashed(run, next);
            return called || (whole && !isRange(run, group)) ? next : NONE;
        }
        if (two && size == 5 && run.size(next) == 4 && isDashed(run, group) && !isDashed(run, next)) {
            return next;
        }
        return called && size >= 4 ? group : NONE;
    }

    private boolean isCalledPostalCode(int start) {
        return words.isIn(start - WORD_BEFORE, start);
    }

    private static boolean isDashed(NumberRun run, int group) {
        return run.isFollowedBy('-', group) || run.isFollowedBy('の', group);
    }

    /** "500-1000 words": from one round number to another one. */
    private static boolean isRange(NumberRun run, int group) {
        return isRound(run, group) && isRound(run, group + 1);
    }

    private static boolean isRound(NumberRun run, int group) {
        String digits = run.digits(group, group);
        return !digits.startsWith("0") && (digits.endsWith("00") || digits.endsWith("50"));
    }
}
