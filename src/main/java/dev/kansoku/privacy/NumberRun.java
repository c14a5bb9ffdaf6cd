package dev.kansoku.privacy;

import java.util.Arrays;

/** Groups of digits with little between them: "+81 (90) 1234-5678". */
final class NumberRun {

    private static final String SEPARATORS = " -.()/_の";
    private static final int MOST_BETWEEN = 3;

    private final FoldedText text;
    private int[] starts = new int[4];
    private int[] ends = new int[4];

    /** Where a group begins among all digits. */
    private int[] offsets = new int[4];

    private final StringBuilder digits = new StringBuilder();
    private int count;

    /** The run whose first digit this is. */
    NumberRun(FoldedText text, int first) {
        this.text = text;
        int i = first;
        while (i >= 0) {
            int start = i;
            while (Chars.isDigit(text.at(i))) {
                i++;
            }
            add(start, i);
            i = next(i);
        }
    }

    private void add(int start, int end) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
            offsets = Arrays.copyOf(offsets, 2 * count);
        }
        starts[count] = start;
        ends[count] = end;
        offsets[count] = digits.length();
        digits.append(text.substring(start, end));
        count++;
    }

    /** The first digit of the next group, or -1. */
    private int next(int end) {
        for (int i = end; i <= end + MOST_BETWEEN; i++) {
            if (Chars.isDigit(text.at(i))) {
                return i;
            }
            if (SEPARATORS.indexOf(text.at(i)) < 0) {
                return -1;
            }
        }
        return -1;
    }

    /** How many groups there are. */
    int count() {
        return count;
    }

    int start(int group) {
        return starts[group];
    }

    int end(int group) {
        return ends[group];
    }

    /** How many digits a group has. */
    int size(int group) {
        return ends[group] - starts[group];
    }

    /** Whether exactly this stands between a group and the next one. */
    boolean isFollowedBy(char separator, int group) {
        return group >= 0
                && group + 1 < count
                && starts[group + 1] == ends[group] + 1
                && text.at(ends[group]) == separator;
    }

    /** The first of a group. */
    char digit(int group) {
        return text.at(starts[group]);
    }

    /** Whether there is such a group, of four digits. */
    boolean isFour(int group) {
        return group >= 0 && group < count && size(group) == 4;
    }

    /** Whether a group stands behind the point of a decimal number. */
    boolean isFraction(int group) {
        return text.at(starts[group] - 1) == '.' && Chars.isDigit(text.at(starts[group] - 2));
    }

    /** Whether a date begins with this group, the year at its beginning or its end. */
    boolean isDate(int group) {
        if (group + 2 >= count || size(group + 1) > 2) {
            return false;
        }
        return size(group) == 4 ? size(group + 2) <= 2 : size(group) <= 2 && size(group + 2) == 4;
    }

    /** The digits of these groups, the last one included. */
    String digits(int first, int last) {
        return digits.substring(offsets[first], offsets[last] + size(last));
    }
}
