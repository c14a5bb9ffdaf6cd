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
        FIRST,
        /** After an empty line. */
        NEW,
        /** It goes on where the one before had grown too long. */
        CONTINUED
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
    static List<Block> ofPrompt(String text) {
        var blocks = new ArrayList<Block>();
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + LONGEST);
            if (to < text.length()) {
                int line = text.lastIndexOf('\n', to);
                to = line > from ? line + 1 : Character.isHighSurrogate(text.charAt(to - 1)) ? to - 1 : to;
            }
            var block = new Block(Kind.PARAGRAPH, from == 0 ? Joint.FIRST : Joint.CONTINUED);
            block.setText(text.substring(from, to).stripTrailing());
            blocks.add(block);
            from = to;
        }
        return blocks;
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
