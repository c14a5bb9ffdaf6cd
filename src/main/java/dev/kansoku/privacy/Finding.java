package dev.kansoku.privacy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Personal data in a {@link FoldedText}.
 *
 * @param start index of its first folded character
 * @param end index after its last one
 */
record Finding(DataKind kind, int start, int end) {

    /** The same places in their order, those that overlap joined. */
    static List<Finding> joined(List<Finding> findings) {
        List<Finding> sorted = new ArrayList<>(findings);
        sorted.sort(Comparator.comparingInt(Finding::start));
        List<Finding> joined = new ArrayList<>();
        for (Finding next : sorted) {
            if (!joined.isEmpty() && next.start < joined.getLast().end) {
                joined.add(joined.removeLast().with(next));
            } else {
                joined.add(next);
            }
        }
        return joined;
    }

    private Finding with(Finding other) {
        DataKind first = kind.compareTo(other.kind) <= 0 ? kind : other.kind;
        return new Finding(first, Math.min(start, other.start), Math.max(end, other.end));
    }
}
