package dev.kansoku.chat;

/**
 * A text that one thread appends to while others read what is there. Nothing is ever taken away, so a range that was
 * once valid stays so, and observers can be handed ranges instead of copies.
 */
public final class ReplyText {

    /** A {@code String} until something is appended: most texts that were kept never grow, and need no copy. */
    private CharSequence text;

    ReplyText(String begun) {
        text = begun;
    }

    /** Appends and returns the new length, in UTF-16 units. */
    synchronized int append(String more) {
        StringBuilder growing = text instanceof StringBuilder grown ? grown : new StringBuilder(text);
        text = growing.append(more);
        return text.length();
    }

    public synchronized int length() {
        return text.length();
    }

    /** The text from {@code from} (inclusive) to {@code to} (exclusive), in UTF-16 units. */
    public synchronized String read(int from, int to) {
        return text.subSequence(from, to).toString();
    }

    @Override
    public synchronized String toString() {
        return text.toString();
    }
}
