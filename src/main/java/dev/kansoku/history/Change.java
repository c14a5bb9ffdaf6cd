package dev.kansoku.history;

import java.sql.SQLException;

/** One thing to be written. It may be applied again after a failure, so applying it twice is the same as once. */
@FunctionalInterface
interface Change {

    void apply(Sql sql) throws SQLException;

    /** It is on the disk. */
    default void committed() {}

    /** It was given up, and will never be on the disk. */
    default void dropped() {}

    /** Whether another one waits for this, so that the writer need not wait for more. */
    default boolean isOneOfMany() {
        return false;
    }

    /** Whether what it took away must not be found in the file any more, nor in the log beside it. */
    default boolean erases() {
        return false;
    }

    /** Whether it must not be found in copies and damaged files beside the file either: these are then deleted. */
    default boolean erasesCopies() {
        return false;
    }
}
