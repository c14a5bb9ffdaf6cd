package dev.kansoku.ui.tour;

/** A view is not as it should be; the message says which and why. */
public final class TourException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TourException(String message) {
        super(message);
    }

    TourException(String message, Throwable cause) {
        super(message, cause);
    }
}
