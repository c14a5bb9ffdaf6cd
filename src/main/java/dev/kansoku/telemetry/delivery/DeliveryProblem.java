package dev.kansoku.telemetry.delivery;

/**
 * Why messages do not arrive.
 *
 * @param detail for somebody who mends it: a status, the name of an exception; no text of the answer
 */
public record DeliveryProblem(Kind kind, String detail) {

    public enum Kind {
        /** Nobody listens there, or the name is not known. */
        UNREACHABLE,
        /** It does not answer in time. */
        TIMEOUT,
        /** The TLS handshake failed. */
        TLS,
        /** 401, 403, UNAUTHENTICATED, PERMISSION_DENIED. */
        UNAUTHORIZED,
        /** 404, UNIMPLEMENTED: something listens there, but not for this. */
        NOT_FOUND,
        /** 429, 502, 503, 504, UNAVAILABLE, RESOURCE_EXHAUSTED. */
        BUSY,
        /** 400, 413, INVALID_ARGUMENT: it does not want this message. */
        REFUSED,
        /** What answers is no Collector: another status, or an answer that makes no sense. */
        NO_COLLECTOR,
        /** The folder of what waits cannot be written. */
        DISK
    }
}
