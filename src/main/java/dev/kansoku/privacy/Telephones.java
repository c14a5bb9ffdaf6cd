package dev.kansoku.privacy;

/**
 * Telephone numbers among groups of digits. What looks like one of Japan is one; {@link PhoneNumbers} is asked about the
 * others that have the shape of a number, so often a text at most.
 */
final class Telephones implements NumberShape {

    private static final int MOST_QUESTIONS = 100;

    /** E.164. */
    private static final int MOST_DIGITS = 15;

    private static final int LEAST_INTERNATIONAL = 8;
    private static final int LEAST_NATIONAL = 7;
    private static final int MOST_GROUPS = 8;
    private static final int MOST_NATIONAL_GROUPS = 5;

    private final FoldedText text;
    private final PhoneNumbers phones;
    private int questions;
    private int trusted = Integer.MAX_VALUE;

    Telephones(FoldedText text, PhoneNumbers phones) {
        this.text = text;
        this.phones = phones;
    }

    /** The place of the first number that was one question too much. */
    int trusted() {
        return trusted;
    }

    /** At its "+" or "(". */
    @Override
    public int start(NumberRun run, int group) {
        int start = run.start(group);
        if (text.at(start - 1) == '(') {
            start--;
        }
        return text.at(start - 1) == '+' ? start - 1 : start;
    }

    @Override
    public int lastOf(NumberRun run, int group) {
        int start = start(run, group);
        if (text.at(start) == '+' && !Chars.isOfWord(text.at(start - 1))) {
            int last = international(run, group, 0);
            if (last != NONE) {
                return last;
            }
        }
        if (text.at(run.start(group)) == '0') {
            int last = japanese(run, group);
            if (last != NONE) {
                return last;
            }
            if (text.at(run.start(group) + 1) == '0') {
                last = international(run, group, 2);
                if (last != NONE) {
                    return last;
                }
            }
        }
        return national(run, group);
    }

    /**
     * The last group of a number with its country code.
     *
     * @param prefix how many of its digits stand before the country code
     */
    private int international(NumberRun run, int group, int prefix) {
        for (int last = lastWithin(run, group, MOST_DIGITS + prefix, MOST_GROUPS); last >= group; last--) {
            String digits = run.digits(group, last);
            if (digits.length() - prefix < LEAST_INTERNATIONAL) {
                return NONE;
            }
            if (mayAsk(run, group) && phones.isInternational(digits.substring(prefix))) {
                return last;
            }
        }
        return NONE;
    }

    /**
     * Ten digits, or eleven, after a 0 (総務省, 電気通信番号計画): in one to three groups, or each by itself. Whether anybody
     * has the number does not matter.
     */
    private int japanese(NumberRun run, int group) {
        int total = 0;
        for (int last = group; last < run.count() && total < 11; last++) {
            total += run.size(last);
            boolean single = run.size(group) == 1 && last + 1 < run.count() && run.size(last + 1) == 1;
            if (((total == 10 && !single) || (total == 11 && isMobile(run, group))) && isJapanese(run, group, last)) {
                return last;
            }
        }
        return NONE;
    }

    /** 070, 080, 090, 050, 020, 060; and 0800. */
    private boolean isMobile(NumberRun run, int group) {
        return digit(run, group, 2) == '0' || digit(run, group, 1) == '8';
    }

    private char digit(NumberRun run, int group, int index) {
        int left = index;
        int at = group;
        while (left >= run.size(at)) {
            left -= run.size(at++);
        }
        return text.at(run.start(at) + left);
    }

    private boolean isJapanese(NumberRun run, int group, int last) {
        int groups = last - group + 1;
        boolean shaped = switch (groups) {
            case 1 -> true;
            case 2 -> isWithin(run.size(group), 2, 7);
            case 3 -> isWithin(run.size(group), 2, 5) && isWithin(run.size(last), 3, 4);
            default -> groups == run.digits(group, last).length();
        };
        return shaped && digit(run, group, 1) != '0';
    }

    private static boolean isWithin(int size, int least, int most) {
        return size >= least && size <= most;
    }

    private int national(NumberRun run, int group) {
        if (run.isFraction(group)) {
            return NONE;
        }
        for (int last = lastWithin(run, group, MOST_DIGITS, MOST_NATIONAL_GROUPS); last >= group; last--) {
            String digits = run.digits(group, last);
            if (digits.length() < LEAST_NATIONAL) {
                return NONE;
            }
            if (isNational(run, group, last)
                    && phones.isDialled(digits)
                    && mayAsk(run, group)
                    && phones.isNational(digits)) {
                return last;
            }
        }
        return NONE;
    }

    /** Neither a decimal number nor one that begins with a date, and not made of single digits. */
    private boolean isNational(NumberRun run, int group, int last) {
        if (last == group) {
            return !isDate(run.digits(group, last));
        }
        for (int i = group + 1; i <= last; i++) {
            // Programs write 17_179_869_184.
            if (run.size(i) < 2 || run.isFollowedBy('_', i - 1)) {
                return false;
            }
        }
        boolean decimal = last == group + 1 && run.isFollowedBy('.', group);
        boolean date = last >= group + 2 && run.isDate(group);
        return !decimal && !date;
    }

    /** 20261122 */
    private static boolean isDate(String digits) {
        return digits.length() == 8
                && (digits.startsWith("19") || digits.startsWith("20"))
                && digits.charAt(4) <= '1'
                && digits.charAt(6) <= '3';
    }

    /** The last of as many groups as have at most so many digits; before the first one if that has more. */
    private static int lastWithin(NumberRun run, int group, int digits, int groups) {
        int total = 0;
        int last = group;
        while (last < run.count() && last - group < groups && total + run.size(last) <= digits) {
            total += run.size(last++);
        }
        return last - 1;
    }

    private boolean mayAsk(NumberRun run, int group) {
        if (questions == MOST_QUESTIONS) {
            trusted = Math.min(trusted, run.start(group));
            return false;
        }
        questions++;
        return true;
    }
}
