package dev.kansoku.privacy;

import java.util.EnumMap;
import java.util.Map;

/**
 * Makes of texts what may leave the machine. Never fails: where masking does, the text is not shown. Safe for use by any
 * number of threads.
 */
public final class Masker {

    /** In UTF-16 units without those that cannot be seen. Nothing behind it is ever shown. */
    private static final int WINDOW = 8 * 1024;

    private static final int COUNTED_WINDOW = 64 * 1024;

    /** Of a name, in code points. */
    private static final int LONGEST_NAME = 64;

    private final PhoneNumbers phones;

    /**
     * For somebody who writes telephone numbers as in Japan or this country.
     *
     * @param country the ISO 3166 code; one that is not known, or empty, is none
     */
    public Masker(String country) {
        this(new PhoneNumbers("JP", country));
    }

    Masker(PhoneNumbers phones) {
        this.phones = phones;
    }

    /**
     * A prompt or a reply: its length, at most ten grapheme clusters and less than half of its beginning, personal data
     * replaced, and what kinds of it stand in the first 64 KiB. Takes some milliseconds, so not on a thread that somebody
     * waits for.
     */
    public MaskedText mask(String text, TextLevel level) {
        return switch (level) {
            case NOTHING -> MaskedText.NOTHING;
            case LENGTH -> new MaskedText(null, length(text), Map.of());
            case MASKED ->
                guarded(() -> {
                    var folded = FoldedText.of(text, COUNTED_WINDOW);
                    Search.Result search = Search.of(folded, phones);
                    return new MaskedText(masked(text, folded, search), length(text), kinds(search));
                });
        };
    }

    /** Any other text, as of an error or an exception: cut and replaced in the same way; nothing of it is counted. */
    public MaskedText scrub(String text) {
        return guarded(() -> {
            var folded = FoldedText.of(text, WINDOW);
            return new MaskedText(masked(text, folded, Search.of(folded, phones)), null, Map.of());
        });
    }

    /** A text that should have been masked already: as it is if it shows no more than a masked one may, else scrubbed. */
    public MaskedText ensureMasked(String text) {
        return guarded(() -> isMasked(text) ? new MaskedText(text, null, Map.of()) : scrub(text));
    }

    private boolean isMasked(String text) {
        if (text.isEmpty() || text.equals(MaskedText.FAILED.toString())) {
            return true;
        }
        if (!text.endsWith(MaskedText.MASK)) {
            return false;
        }
        String shown = text.substring(0, text.length() - MaskedText.MASK.length());
        var folded = FoldedText.of(shown, WINDOW);
        return Cut.of(folded, Search.of(folded, phones), Cut.MOST_CLUSTERS).equals(shown);
    }

    /** The name of a model: as it is, but for personal data and what cannot be seen, and at most 64 code points of it. */
    public MaskedText name(String name) {
        return guarded(() -> {
            var folded = FoldedText.of(name, WINDOW);
            String shown = Cut.of(folded, Search.of(folded, phones), LONGEST_NAME);
            return new MaskedText(shown.strip(), null, Map.of());
        });
    }

    private interface Making {
        MaskedText make();
    }

    private static MaskedText guarded(Making making) {
        try {
            return making.make();
        } catch (RuntimeException | StackOverflowError e) {
            // Not even logged: nobody knows what its message holds.
            return MaskedText.FAILED;
        }
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String masked(String text, FoldedText folded, Search.Result search) {
        return text.isEmpty() ? "" : Cut.of(folded, search, visible(text, folded)) + MaskedText.MASK;
    }

    /**
     * How many clusters may be seen: less than half, so that of a password or a name that is the whole text there is never
     * as much as is hidden. Leaving out what joins clusters makes more of them, leaving out others fewer.
     */
    private static int visible(String text, FoldedText folded) {
        int enough = 2 * Cut.MOST_CLUSTERS + 1;
        int clusters = Math.min(Clusters.count(text, enough), Clusters.count(folded.clean(), enough));
        return Math.max(0, (clusters - 1) / 2);
    }

    private static Map<DataKind, Integer> kinds(Search.Result search) {
        var kinds = new EnumMap<DataKind, Integer>(DataKind.class);
        search.findings().forEach(finding -> kinds.merge(finding.kind(), 1, Integer::sum));
        return kinds;
    }
}
