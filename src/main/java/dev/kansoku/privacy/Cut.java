package dev.kansoku.privacy;

import java.text.Normalizer;
import java.util.List;
import java.util.regex.Matcher;

/**
 * The part of a text that can be seen. A token in the place of personal data counts as the characters that it shows; where
 * it does not fit nothing more is shown, because half of it would say nothing, and what follows it stands further behind.
 */
final class Cut {

    /** In clusters, of any text but a name. */
    static final int MOST_CLUSTERS = 10;

    /** In code points: a cluster may have any number of marks. */
    private static final int MOST_CODE_POINTS = 64;

    private final FoldedText text;
    private final Search.Result search;
    private final StringBuilder shown = new StringBuilder();
    private int clustersLeft;
    private int codePointsLeft = MOST_CODE_POINTS;

    private Cut(FoldedText text, Search.Result search, int clusters) {
        this.text = text;
        this.search = search;
        clustersLeft = clusters;
    }

    /**
     * The beginning of a text, in NFC.
     *
     * @param clusters how many there may be at most
     */
    static String of(FoldedText text, Search.Result search, int clusters) {
        var cut = new Cut(text, search, clusters);
        cut.show();
        return Normalizer.normalize(cut.shown, Normalizer.Form.NFC);
    }

    private void show() {
        List<Finding> findings = search.findings();
        String clean = text.clean();
        int end = text.origin(search.trusted());
        int next = 0;
        int replacedTo = 0;
        Matcher clusters = Clusters.of(clean);
        while (clusters.find() && clusters.start() < end) {
            while (next < findings.size() && lastOrigin(findings.get(next)) < clusters.start()) {
                next++;
            }
            if (clusters.start() < replacedTo) {
                continue;
            }
            boolean personal =
                    next < findings.size() && text.origin(findings.get(next).start()) < clusters.end();
            String part = personal ? findings.get(next).kind().token() : clusters.group();
            if (!fits(part, personal ? part.length() : 1)) {
                return;
            }
            shown.append(part);
            if (personal) {
                replacedTo = lastOrigin(findings.get(next)) + 1;
            }
        }
    }

    /** Where the last character of personal data was folded from. */
    private int lastOrigin(Finding finding) {
        return text.origin(finding.end() - 1);
    }

    private boolean fits(String part, int clusters) {
        clustersLeft -= clusters;
        codePointsLeft -= part.codePointCount(0, part.length());
        return clustersLeft >= 0 && codePointsLeft >= 0;
    }
}
