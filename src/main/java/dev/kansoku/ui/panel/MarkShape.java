package dev.kansoku.ui.panel;

import dev.kansoku.measure.LoadVerdict;
import org.jspecify.annotations.Nullable;

/** The shapes of marks, as the distance of a point from their outline; lengths in logical pixels, y downwards. */
enum MarkShape {
    DISC {
        @Override
        double distance(double x, double y) {
            return Math.hypot(x, y) - RADIUS;
        }
    },
    RING {
        @Override
        double distance(double x, double y) {
            return Math.abs(Math.hypot(x, y) - RADIUS + HALF_STROKE) - HALF_STROKE;
        }
    },
    /** Two thirds of a circle, and the head of an arrow at its end. */
    ARROW {
        @Override
        double distance(double x, double y) {
            boolean isOpen = x > 0 && y < x / 2;
            double arc = isOpen
                    ? Math.min(Math.hypot(x - 0.894 * ARC, y - 0.447 * ARC), Math.hypot(x, y + ARC))
                    : Math.abs(Math.hypot(x, y) - ARC);
            double head = Math.max(Math.abs(y + ARC) * 0.8 + x * 0.6 - 1.7, -0.3 - x);
            return Math.min(arc - HALF_STROKE, head);
        }
    },
    HOURGLASS {
        @Override
        double distance(double x, double y) {
            return Math.max((Math.abs(x) - 0.8 * Math.abs(y)) / 1.28 - 0.4, Math.abs(y) - RADIUS);
        }
    },
    QUESTION {
        @Override
        double distance(double x, double y) {
            boolean isInBow = y < -2 || x > 0;
            double bow = isInBow && y < 0
                    ? Math.abs(Math.hypot(x, y + 2) - 2)
                    : Math.min(Math.hypot(x + 2, y + 2), Math.hypot(x, y));
            double stem = Math.hypot(x, y - Math.clamp(y, 0, 1.2));
            double dot = Math.hypot(x, y - 3.5) - 0.9;
            return Math.min(Math.min(bow, stem) - HALF_STROKE, dot);
        }
    };

    /** No shape reaches farther to the side. */
    static final double RADIUS = 4;

    private static final double HALF_STROKE = 0.7;
    private static final double ARC = 3;

    /** How far a point lies outside the shape; negative inside. */
    abstract double distance(double x, double y);

    static MarkShape of(@Nullable LoadVerdict verdict) {
        return switch (verdict) {
            case COLD -> DISC;
            case WARM -> RING;
            case RELOAD -> ARROW;
            case QUEUED -> HOURGLASS;
            case UNKNOWN -> QUESTION;
            case null -> QUESTION;
        };
    }
}
