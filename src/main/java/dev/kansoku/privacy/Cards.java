package dev.kansoku.privacy;

/** Numbers of payment cards: 13 to 19 digits with the right check digit, as they are printed on cards or in one piece. */
final class Cards implements NumberShape {

    private static final int MOST_DIGITS = 19;

    @Override
    public int lastOf(NumberRun run, int group) {
        int total = 0;
        for (int last = group; last < run.count() && isPrinted(run, group, last); last++) {
            total += run.size(last);
            if (total > MOST_DIGITS) {
                return NONE;
            }
            if (isCard(run, group, last, total)) {
                return last;
            }
        }
        return NONE;
    }

    private static boolean isCard(NumberRun run, int group, int last, int total) {
        int first = run.digit(group) - '0';
        boolean issued = (first >= 3 && first <= 6 && total >= 13) || (first == 2 && total == 16);
        // Digits that stand each by itself are one number to the last of them.
        boolean ends = run.size(group) > 1 || last + 1 >= run.count() || run.size(last + 1) > 1;
        return issued && ends && CheckDigits.isLuhn(run.digits(group, last));
    }

    /** Whether groups have one size, but for the last one; or those of Amex and Diners Club. */
    private static boolean isPrinted(NumberRun run, int group, int last) {
        if (last - group < 2) {
            return last == group || run.size(last) <= run.size(group) || (run.size(group) == 4 && run.size(last) == 6);
        }
        boolean ofThree = last - group == 2 && run.size(group) == 4 && run.size(group + 1) == 6;
        return ofThree || (run.size(last - 1) == run.size(group) && run.size(last) <= run.size(group));
    }
}
