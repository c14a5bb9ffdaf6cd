package dev.kansoku.privacy;

/** So many digits that they are hardly an amount: nobody knows what of. */
final class LongNumbers implements NumberShape {

    private static final int LEAST_DIGITS = 11;
    private static final int LEAST_FOURS = 4;

    /** Digits in one piece, or with dashes between them, which is no date; or so many in groups of four that are no years. */
    @Override
    public int lastOf(NumberRun run, int group) {
        int fours = group;
        boolean years = true;
        while (fours - group <= LEAST_FOURS && run.isFour(fours)) {
            years &= isYear(run, fours++);
        }
        if (fours - group >= LEAST_FOURS && !years) {
            return fours - 1;
        }
        if (run.isFraction(group) || run.isFollowedBy('-', group - 1)) {
            return NONE;
        }
        int total = run.size(group);
        int last = group;
        while (run.isFollowedBy('-', last)) {
            last++;
            total += run.size(last);
        }
        return total >= LEAST_DIGITS && !run.isDate(group) ? last : NONE;
    }

    private static boolean isYear(NumberRun run, int group) {
        String digits = run.digits(group, group);
        return digits.startsWith("19") || digits.startsWith("20");
    }
}
