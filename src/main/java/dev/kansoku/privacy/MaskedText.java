package dev.kansoku.privacy;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The only form in which text may leave the machine. Only a {@link Masker} makes it, and it knows nothing of the original. */
public final class MaskedText {

    /** What follows the part that can be seen, whatever the length of the rest. */
    public static final String MASK = "********";

    static final MaskedText NOTHING = new MaskedText(null, null, Map.of());

    /** Stands for a text whose masking failed. */
    static final MaskedText FAILED = new MaskedText("[REDACTED:masker-error]", null, Map.of());

    private final @Nullable String text;
    private final @Nullable Integer length;
    private final Map<DataKind, Integer> kinds;

    MaskedText(@Nullable String text, @Nullable Integer length, Map<DataKind, Integer> kinds) {
        this.text = text;
        this.length = length;
        var copy = new EnumMap<DataKind, Integer>(DataKind.class);
        copy.putAll(kinds);
        this.kinds = Collections.unmodifiableMap(copy);
    }

    /** In NFC, on one line, without control characters; {@code null} at the levels that send no text. */
    public @Nullable String text() {
        return text;
    }

    /** Of the original, in Unicode code points; {@code null} where it is not sent or means nothing. */
    public @Nullable Integer length() {
        return length;
    }

    /**
     * How many pieces of personal data were found, by kind; none where they are not counted. Of a long text only the first
     * 64 KiB are looked at.
     */
    public Map<DataKind, Integer> kinds() {
        return kinds;
    }

    /** Whether the text could not be masked, and {@link #text} says so instead. */
    public boolean failed() {
        return this == FAILED;
    }

    @Override
    public String toString() {
        return text == null ? "" : text;
    }
}
