package dev.kansoku.privacy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What runs of digits are: IP addresses, cards, Individual Numbers, telephones, postal codes. Each shape looks at so many
 * digits after a group at most, so the work grows with the text alone.
 */
final class Numbers {

    private final FoldedText text;
    private final Telephones telephones;

    /** The first that knows a number has it. */
    private final SequencedMap<DataKind, NumberShape> shapes = new LinkedHashMap<>();

    private final List<Finding> found = new ArrayList<>();
    private int searched;

    Numbers(FoldedText text, PhoneNumbers phones) {
        this.text = text;
        telephones = new Telephones(text, phones);
        shapes.put(DataKind.IP_ADDRESS, new IpV4Addresses(text));
        shapes.put(DataKind.CARD, new Cards());
        shapes.put(DataKind.MY_NUMBER, new MyNumbers(text));
        shapes.put(DataKind.PHONE, telephones);
        shapes.put(DataKind.POSTAL_CODE, new PostalCodes(text));
        shapes.put(DataKind.NUMBER, new LongNumbers());
    }

    /** Looks at the run whose first digit this is, unless it has been looked at. */
    void at(int first) {
        if (first < searched) {
            return;
        }
        var run = new NumberRun(text, first);
        int group = 0;
        while (group < run.count()) {
            group = after(run, group);
        }
        searched = run.end(run.count() - 1);
    }

    /** What is before this place is not looked at any more. */
    void skip(int end) {
        searched = Math.max(searched, end);
    }

    List<Finding> found() {
        return found;
    }

    /** From here on numbers were not asked about as they should have been. */
    int trusted() {
        return telephones.trusted();
    }

    /** Notes what begins with this group, and says which one comes after it. */
    private int after(NumberRun run, int group) {
        for (Map.Entry<DataKind, NumberShape> shape : shapes.entrySet()) {
            int last = shape.getValue().lastOf(run, group);
            if (last != NumberShape.NONE) {
                note(shape.getKey(), shape.getValue().start(run, group), run.end(last));
                return last + 1;
            }
        }
        return group + 1;
    }

    private void note(DataKind kind, int start, int end) {
        if (kind != DataKind.IP_ADDRESS || !IpAddresses.isOfEverybody(text, start, end)) {
            found.add(new Finding(kind, start, end));
        }
    }
}
