package dev.kansoku.ui.chat;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a growing text into blocks: at empty lines, at fences of code, and where a block would become too long. What a
 * piece of text costs depends on its own length and on that of the open block, not on what came before.
 */
final class BlockBuilder {

    /** From here on a block ends with its line. */
    private static final int LONG = 4000;

    /** A longer line is no fence, however it begins. */
    private static final int LONGEST_FENCE = 100;

    private final Consumer<Block> added;
    private final StringBuilder open = new StringBuilder();
    private @Nullable Block block;
    private Block.Joint joint = Block.Joint.FIRST;
    private boolean inCode;
    private int lineStart;

    /** @param added is handed each block once, when its first character comes */
    BlockBuilder(Consumer<Block> added) {
        this.added = added;
    }

    void append(String more) {
        String text = Block.shown(more);
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            add(text, from, end);
            endLine();
            from = end + 1;
        }
        add(text, from, text.length());
        show();
    }

    /** A part of a line. */
    private void add(String text, int from, int to) {
        int at = from;
        while (at < to) {
            // At least one: the second half of a character may be missing.
            int end = Math.min(to, at + Math.max(1, Block.LONGEST - open.length()));
            open.append(text, at, end);
            if (open.length() >= Block.LONGEST && !Character.isHighSurrogate(open.charAt(open.length() - 1))) {
                close(Block.Joint.CUT);
            }
            at = end;
        }
    }

    private void endLine() {
        String line = open.substring(lineStart);
        if (isFence(line)) {
            open.setLength(lineStart);
            close(Block.Joint.NEW);
            inCode = !inCode;
        } else if (line.isBlank() && !inCode) {
            open.setLength(lineStart);
            close(Block.Joint.NEW);
        } else if (open.length() >= LONG) {
            close(Block.Joint.CONTINUED);
        } else {
            open.append('\n');
            lineStart = open.length();
        }
    }

    private void close(Block.Joint next) {
        show();
        if (block != null) {
            joint = next;
        }
        block = null;
        open.setLength(0);
        lineStart = 0;
    }

    /** The open block as it stands, but for a last line that may yet turn out to be a fence. */
    private void show() {
        int end = couldBecomeFence() ? lineStart : open.length();
        while (end > 0 && open.charAt(end - 1) == '\n') {
            end--;
        }
        String shown = open.substring(0, end);
        if (shown.isBlank()) {
            return;
        }
        if (block == null) {
            block = new Block(inCode ? Block.Kind.CODE : Block.Kind.PARAGRAPH, joint);
            block.setText(shown);
            added.accept(block);
        } else {
            block.setText(shown);
        }
    }

    private boolean couldBecomeFence() {
        if (open.length() - lineStart > LONGEST_FENCE) {
            return false;
        }
        int at = lineStart;
        while (at < open.length() && open.charAt(at) == ' ' && at - lineStart < 3) {
            at++;
        }
        int ticks = at;
        while (at < open.length() && open.charAt(at) == '`') {
            at++;
        }
        int count = at - ticks;
        return count > 0 && (at == open.length() || (count >= 3 && open.indexOf("`", at) < 0));
    }

    private static boolean isFence(String line) {
        String stripped = line.stripLeading();
        return line.length() <= LONGEST_FENCE
                && line.length() - stripped.length() <= 3
                && stripped.startsWith("```")
                && stripped.indexOf('`', 3) < 0;
    }
}
