package dev.kansoku.ui.archive;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts as parts of a Markdown document that do nothing to the parts around them (CommonMark 0.31). */
final class MarkdownText {

    private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_\\[\\]<>#|~&]");
    private static final Pattern BACKTICKS = Pattern.compile("`+");
    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}(?=[^`]*$)|~{3,}).*");
    private static final int SHORTEST_FENCE = 3;

    private MarkdownText() {}

    /** Plain text within a line. */
    static String plain(String text) {
        return SPECIAL.matcher(text.replaceAll("\\R", " ")).replaceAll("\\\\$0");
    }

    /** A text as it is, as a block quote. */
    static String quote(String text) {
        return text.lines().map(line -> line.isEmpty() ? ">" : "> " + line).collect(Collectors.joining("\n"));
    }

    /** A text as it is, between fences that it cannot end itself. */
    static String fenced(String text) {
        int longest = BACKTICKS
                .matcher(text)
                .results()
                .mapToInt(run -> run.end() - run.start())
                .max()
                .orElse(0);
        String fence = "`".repeat(Math.max(SHORTEST_FENCE, longest + 1));
        return fence + "\n" + text + (text.endsWith("\n") ? "" : "\n") + fence;
    }

    /** Markdown whose last fence is closed: where an answer broke off, what comes after it would belong to its code. */
    static String closed(String markdown) {
        String open = "";
        for (String line : markdown.lines().toList()) {
            Matcher fence = FENCE.matcher(line);
            if (open.isEmpty()) {
                open = fence.matches() ? fence.group(1) : "";
            } else if (closes(line, open)) {
                open = "";
            }
        }
        if (open.isEmpty()) {
            return markdown;
        }
        return markdown + (markdown.endsWith("\n") ? "" : "\n") + open;
    }

    private static boolean closes(String line, String open) {
        String stripped = line.strip();
        return line.indexOf(stripped) <= 3
                && stripped.length() >= open.length()
                && stripped.equals(open.substring(0, 1).repeat(stripped.length()));
    }
}
