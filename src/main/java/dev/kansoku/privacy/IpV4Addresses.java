package dev.kansoku.privacy;

/** Four numbers up to 255 with dots between them, and no fifth. */
final class IpV4Addresses implements NumberShape {

    private static final int LONGEST = "255.255.255.255".length();

    private final FoldedText text;

    IpV4Addresses(FoldedText text) {
        this.text = text;
    }

    @Override
    public int lastOf(NumberRun run, int group) {
        int last = group + 3;
        if (last >= run.count() || run.isFollowedBy('.', group - 1) || run.isFollowedBy('.', last)) {
            return NONE;
        }
        return run.end(last) - run.start(group) <= LONGEST && IpAddresses.isV4(text, run.start(group), run.end(last))
                ? last
                : NONE;
    }
}
