package dev.kansoku.bench;

/**
 * One reply, whoever asked for it.
 *
 * @param wall nanoseconds from sending to the last byte, as the client saw it
 * @param total nanoseconds that the server says it took
 */
record Sample(double wall, double total, long tokens, String answer) {

    /** What the client adds to the server's time, or sees of it that the server does not count. */
    double overhead() {
        return wall - total;
    }
}
