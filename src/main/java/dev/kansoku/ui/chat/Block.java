package dev.kansoku.ui.chat;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** A paragraph or a piece of code: text that is laid out as one, at most about 5,000 characters. Only the last of a
 * message grows. */
public final class Block {

    public enum Kind {
        PARAGRAPH,
        CODE
    }

    /** How it follows what stands before it in the same message. */
    public enum Joint {
        /** It is the first. */
        FIRST("\n\n"),
        /** After an empty line. */
        NEW("\n\n"),
        /** The one before had grown too long and was ended with its line. */
        CONTINUED("\n"),
        /** The one before was cut in the middle of a line. */
        CUT("");

        private final String separator;

        Joint(String separator) {
            this.separator = separator;
        }

        /** What stands before such a block where text is copied. */
        String separator() {
            return separator;
        }
    }

    /** Longer blocks are cut. In UTF-16 units. */
    static final int LONGEST = 5000;

    private final Kind kind;
    private final Joint joint;
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");

    Block(Kind kind, Joint joint) {
        this.kind = kind;
        this.joint = joint;
    }

    /** What a user typed stays in one piece as long as that piece is not too long. */
    static List<Block> ofPrompt(String typed) {
        String text = shown(typed).stripTrailing();
        var blocks = new ArrayList<Block>();
        Joint joint = Joint.FIRST;
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + LONGEST);
            int line = to < text.length() ? text.lastIndexOf('\n', to) : -1;
            boolean atLine = line > from;
            if (atLine) {
                to = line;
            } else if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to--;
            }
            var block = new Block(Kind.PARAGRAPH, joint);
            block.setText(text.substring(from, to));
            blocks.add(block);
            joint = atLine ? Joint.CONTINUED : Joint.CUT;
            from = atLine ? to + 1 : to;
        }
        return blocks;
    }

    /** The text without what is not to be seen: control characters, and marks that turn the direction of writing. */
    static String shown(String text) {
        // An array is looked through several times as fast as a string.
        char[] all = text.toCharArray();
        int kept = 0;
        for (char c : all) {
            if (isShown(c)) {
                all[kept++] = c;
            }
        }
        return kept == all.length ? text : new String(all, 0, kept);
    }

    private static boolean isShown(char c) {
        boolean turnsWriting = (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
        return c == '\n' || c == '\t' || !(Character.isISOControl(c) || turnsWriting);
    }

    public Kind kind() {
        return kind;
    }

    public Joint joint() {
        return joint;
    }

    public ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    public String text() {
        return text.get();
    }

    void setText(String value) {
        text.set(value);
    }
}
