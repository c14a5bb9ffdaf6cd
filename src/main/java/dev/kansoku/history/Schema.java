package dev.kansoku.history;

import java.util.List;

/**
 * The tables, as steps from each version to the next one ({@code PRAGMA user_version}). A step that was published is never
 * changed.
 */
record Schema(List<String> steps) {

    /**
     * Times are in microseconds since 1970. The id of a turn is the second in which it was sent, or the next free one: so the
     * newest come last whatever order they were written in. (Not the microsecond: the index takes half the room where the
     * ids of neighbours are near.) A turn that runs has its text in {@code parts}; when it
     * has ended, its text is put together and indexed, once. What the demo answers has a measurement from its start on, without
     * figures (JSON's {@code null}) until it is measured.
     */
    private static final String FIRST = """
            CREATE TABLE conversations (
                id INTEGER PRIMARY KEY,
                uuid BLOB NOT NULL UNIQUE,
                title TEXT NOT NULL,
                renamed INTEGER NOT NULL DEFAULT 0,
                created_at INTEGER NOT NULL,
                active_at INTEGER NOT NULL,
                pinned INTEGER NOT NULL DEFAULT 0,
                deleted_at INTEGER
            );
            CREATE INDEX conversations_listed ON conversations (pinned, active_at, uuid) WHERE deleted_at IS NULL;
            CREATE INDEX conversations_deleted ON conversations (deleted_at, uuid) WHERE deleted_at IS NOT NULL;
            CREATE TABLE turns (
                id INTEGER PRIMARY KEY,
                uuid BLOB NOT NULL UNIQUE,
                conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
                parent INTEGER,
                chosen INTEGER NOT NULL,
                session BLOB NOT NULL,
                model TEXT NOT NULL,
                options TEXT,
                prompt TEXT NOT NULL,
                attachments TEXT,
                created_at INTEGER NOT NULL,
                continued_from INTEGER NOT NULL,
                state TEXT NOT NULL,
                error TEXT,
                thinking TEXT NOT NULL DEFAULT '',
                answer TEXT NOT NULL DEFAULT '',
                indexed INTEGER NOT NULL DEFAULT 0
            );
            CREATE INDEX turns_following ON turns (conversation, parent);
            CREATE INDEX turns_open ON turns (id) WHERE indexed = 0;
            CREATE TABLE parts (
                turn INTEGER NOT NULL REFERENCES turns ON DELETE CASCADE,
                thinking INTEGER NOT NULL,
                start INTEGER NOT NULL,
                text TEXT NOT NULL,
                PRIMARY KEY (turn, thinking, start)
            ) WITHOUT ROWID;
            CREATE TABLE measurements (
                turn INTEGER PRIMARY KEY REFERENCES turns ON DELETE CASCADE,
                demo INTEGER NOT NULL,
                figures TEXT NOT NULL
            );
            CREATE INDEX measurements_of ON measurements (demo, turn);
            CREATE TABLE loads (
                model TEXT PRIMARY KEY,
                name TEXT,
                warm TEXT NOT NULL,
                cold TEXT NOT NULL,
                heard_at INTEGER NOT NULL
            );
            """;

    static final Schema CURRENT = new Schema(List.of(FIRST + SearchIndex.TABLE));

    int latest() {
        return steps.size();
    }

    /** From a version to the next one. */
    String step(int from) {
        return steps.get(from);
    }
}
