package dev.kansoku.bench;

/**
 * Something that was to be reached.
 *
 * @param aim what, in words
 * @param measured the number, with its unit and interval
 */
record Goal(String aim, String measured, Verdict verdict) {

    enum Verdict {
        MET("met"),
        NOT_MET("**not met**"),
        OPEN("not decided: the interval reaches over the goal");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** That the number does not go beyond a limit. */
    static Goal atMost(String aim, String measured, double value, double limit) {
        return new Goal(aim, measured, value <= limit ? Verdict.MET : Verdict.NOT_MET);
    }

    /** The same for a number that is known within an interval: it decides only if all of it is on one side. */
    static Goal atMost(String aim, String measured, Interval value, double limit) {
        Verdict verdict = value.high() <= limit ? Verdict.MET : value.low() > limit ? Verdict.NOT_MET : Verdict.OPEN;
        return new Goal(aim, measured, verdict);
    }

    /** The same the other way round. */
    static Goal atLeast(String aim, String measured, Interval value, double limit) {
        Verdict verdict = value.low() >= limit ? Verdict.MET : value.high() < limit ? Verdict.NOT_MET : Verdict.OPEN;
        return new Goal(aim, measured, verdict);
    }
}
