package dev.kansoku.privacy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names of users in paths of their folders, which messages of file errors consist of. */
final class HomeFolders {

    private static final List<String> PARENTS = List.of("home", "Users");
    private static final String ENDS_NAME = "/\\\"'`<>|:*?\n";
    private static final int MOST_NAME = 64;

    private HomeFolders() {}

    /** The name behind the parent folder that follows this separator. */
    static @Nullable Finding at(FoldedText text, int separator) {
        char sign = text.at(separator);
        // "example.com/home" is no folder.
        if (Chars.isOfWord(text.at(separator - 1))) {
            return null;
        }
        for (String parent : PARENTS) {
            int start = separator + 1 + parent.length();
            if (text.startsWith(separator + 1, parent) && text.at(start) == sign) {
                // A string literal doubles the ones of Windows.
                while (text.at(start) == sign) {
                    start++;
                }
                int end = end(text, start);
                return end > start ? new Finding(DataKind.USER, start, end) : null;
            }
        }
        return null;
    }

    /** With spaces inside only if a separator shows that it goes on. */
    private static int end(FoldedText text, int start) {
        int space = -1;
        int end = start;
        while (end < Math.min(text.length(), start + MOST_NAME) && ENDS_NAME.indexOf(text.at(end)) < 0) {
            if (text.at(end) == ' ' && space < 0) {
                space = end;
            }
            end++;
        }
        boolean goesOn = text.at(end) == '/' || text.at(end) == '\\';
        return space >= 0 && !goesOn ? space : end;
    }
}
