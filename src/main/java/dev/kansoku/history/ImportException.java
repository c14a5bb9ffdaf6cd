package dev.kansoku.history;

import org.jspecify.annotations.Nullable;

/** Why conversations cannot be imported. Its message names no word of what the file says. */
public final class ImportException extends Exception {

    private static final long serialVersionUID = 1L;

    public enum Kind {
        /** It is no JSON. */
        NOT_JSON,
        /** It ends in the middle. */
        TRUNCATED,
        /** It is JSON, but no export of conversations. */
        NOT_AN_EXPORT,
        /** A newer version of the program wrote it. */
        NEWER_VERSION,
        /** Something that has to be there is not. */
        MISSING,
        /** A value cannot be. */
        INVALID,
        /** An id stands there twice. */
        DUPLICATE,
        /** A turn follows one that does not stand before it in its conversation. */
        UNKNOWN_PARENT,
        /** Nothing can be written into the history at the moment. */
        NOT_SAVING
    }

    /**
     * Where in the file. All numbers count from 1.
     *
     * @param conversation 0 outside of conversations
     * @param turn of the conversation; 0 outside of turns
     * @param line 0 if it is about no line
     * @param field names of fields, from the outside in, with dots between them; {@code null} if it is about no field
     */
    public record Place(
            int conversation, int turn, int line, @Nullable String field) {

        static final Place NOWHERE = new Place(0, 0, 0, null);
    }

    private final Kind kind;
    private final transient Place place;

    ImportException(Kind kind, Place place) {
        super(kind + " at " + place);
        this.kind = kind;
        this.place = place;
    }

    public Kind kind() {
        return kind;
    }

    public Place place() {
        return place;
    }
}
