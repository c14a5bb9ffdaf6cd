package dev.kansoku.ollama;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes text from a server fit to be shown and logged: it may come from anything that answers at the address. */
final class ServerText {

    /** More than any error needs, and little enough for regular expressions. */
    private static final int MOST_READ = 64 * 1024;

    /** Terminal sequences: OSC up to its end, CSI, and any other escape with its one character. */
    private static final Pattern ESCAPES =
            Pattern.compile("(?:\\x1B]|\\x9D)[^\\x07\\x1B\\x9C]*(?:\\x07|\\x1B\\\\|\\x9C)?"
                    + "|(?:\\x1B\\[|\\x9B)[0-?]*[ -/]*[@-~]?"
                    + "|\\x1B.?");

    private static final Pattern BREAKS = Pattern.compile("[\\t\\n\\x0B\\f\\r\\x85\\u2028\\u2029]+");
    private static final Pattern CONTROLS =
            Pattern.compile("[\\x00-\\x1F\\x7F-\\x9F\\u200E\\u200F\\u061C\\u202A-\\u202E\\u2066-\\u2069]");
    private static final Pattern TITLE =
            Pattern.compile("<title[^>]*>([^<]*)<", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private ServerText() {}

    /** On one line, without control characters, terminal sequences and marks that turn the direction of text. */
    static String clean(String text) {
        String head = text.length() > MOST_READ ? text.substring(0, MOST_READ) : text;
        String plain = ESCAPES.matcher(head).replaceAll("");
        String oneLine = BREAKS.matcher(plain).replaceAll(" ");
        return CONTROLS.matcher(oneLine).replaceAll("").strip();
    }

    /** {@link #clean}, of HTML only the title, and no longer than {@link OllamaError#MOST_SAID}. */
    static String said(String text) {
        String clean = clean(isHtml(text) ? title(text) : text);
        if (clean.length() <= OllamaError.MOST_SAID) {
            return clean;
        }
        int end = OllamaError.MOST_SAID;
        return clean.substring(0, Character.isHighSurrogate(clean.charAt(end - 1)) ? end - 1 : end);
    }

    static boolean isHtml(String text) {
        return text.stripLeading().startsWith("<");
    }

    private static String title(String html) {
        Matcher title = TITLE.matcher(html.length() > MOST_READ ? html.substring(0, MOST_READ) : html);
        return title.find() ? title.group(1) : "";
    }
}
