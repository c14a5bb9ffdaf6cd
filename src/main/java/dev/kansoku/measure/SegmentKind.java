package dev.kansoku.measure;

/** The parts of a turn's wall time, in the order in which they stand on its axis. */
public enum SegmentKind {
    /** Client: request sent until a connection was ready. */
    CONNECT,
    /** Server's {@code load_duration}: scheduler queue and model load; never 0, even when warm. */
    LOAD,
    /** What neither side accounts for: waiting for a slot, which no field names, and transport. */
    WAIT,
    /** Server's {@code prompt_eval_duration}: reading the uncached part of the prompt. */
    PROMPT_EVAL,
    /** Time that passed although nothing is known of it. */
    UNKNOWN,
    /** Server's {@code eval_duration}, or first chunk to last byte where the server said nothing. */
    DECODE,
    /** Client: last byte read until the pulse in which it was drawn. */
    DRAW
}
