package dev.kansoku.measure;

/**
 * A number of tokens that is not known exactly.
 *
 * @param least it is not less
 * @param about the best estimate
 * @param most it is not more
 */
record TokenRange(double least, double about, double most) {

    static final TokenRange NONE = new TokenRange(0, 0, 0);

    /** Tokenizers differ: no text is more than twice, or less than half, of what a good estimate says. */
    static TokenRange around(double estimate) {
        return new TokenRange(estimate / 2, estimate, estimate * 2);
    }

    static TokenRange exactly(long tokens) {
        return new TokenRange(tokens, tokens, tokens);
    }

    TokenRange plus(TokenRange other) {
        return new TokenRange(least + other.least, about + other.about, most + other.most);
    }
}
