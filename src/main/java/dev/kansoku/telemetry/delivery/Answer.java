package dev.kansoku.telemetry.delivery;

/** What became of a message that was sent to the Collector. */
public sealed interface Answer {

    /**
     * The Collector has it.
     *
     * @param rejected how many spans, log records or points of it the Collector did not want
     */
    record Acknowledged(long rejected) implements Answer {}

    /** The Collector does not want this message, now or later. */
    record Refused(DeliveryProblem problem) implements Answer {}

    /** It may be sent again later: nobody was there, or the Collector is busy, or does not know us. */
    record NotNow(DeliveryProblem problem) implements Answer {}
}
