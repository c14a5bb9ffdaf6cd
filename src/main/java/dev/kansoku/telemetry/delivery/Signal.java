package dev.kansoku.telemetry.delivery;

/** The three kinds of messages of OTLP. */
public enum Signal {
    TRACES,
    METRICS,
    LOGS
}
