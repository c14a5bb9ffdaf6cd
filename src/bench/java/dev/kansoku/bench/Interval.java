package dev.kansoku.bench;

/** An estimate with the 95 % interval around it. */
record Interval(double estimate, double low, double high) {

    Interval dividedBy(double unit) {
        return new Interval(estimate / unit, low / unit, high / unit);
    }
}
