package dev.kansoku.privacy;

import java.util.List;

/** What the search makes of a text, all of it and not only what may be seen. */
final class Replaced {

    private static final PhoneNumbers PHONES = new PhoneNumbers("JP", "US");

    private Replaced() {}

    static Search.Result search(String text) {
        return Search.of(FoldedText.of(text, 64 * 1024), PHONES);
    }

    static List<DataKind> kinds(String text) {
        return search(text).findings().stream().map(Finding::kind).toList();
    }

    /** The text with tokens, in its folded form. */
    static String in(String text) {
        var folded = FoldedText.of(text, 64 * 1024);
        var replaced = new StringBuilder();
        int from = 0;
        for (Finding finding : Search.of(folded, PHONES).findings()) {
            replaced.append(folded.substring(from, finding.start()))
                    .append(finding.kind().token());
            from = finding.end();
        }
        return replaced.append(folded.substring(from, folded.length())).toString();
    }
}
