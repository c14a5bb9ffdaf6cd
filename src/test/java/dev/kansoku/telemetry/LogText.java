package dev.kansoku.telemetry;

import java.util.List;
import java.util.regex.Pattern;

/** Logs and crash files, line by line, without times, addresses and frames, whose digits may be anything. */
final class LogText {

    /** As Logback, java.util.logging and crash files write it; and the address of a server of these tests. */
    private static final Pattern ANY_DIGITS =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[.\\d]*(Z|[+-]\\d\\d:\\d\\d)"
                    + "|\\w{3} \\d\\d, \\d{4},? \\d{1,2}:\\d\\d:\\d\\d|crash-\\d{8}-\\d{6}-|127\\.0\\.0\\.1:\\d+");

    private static final Pattern FRAME = Pattern.compile(
            "    at [\\w.$/@+-]+\\.[\\w$<>]+\\((\\w+\\.java:\\d+|Native Method|Unknown Source|<generated>)\\)");

    private LogText() {}

    static List<String> of(String text) {
        return text.lines()
                .filter(line -> !FRAME.matcher(line).matches())
                .map(line -> ANY_DIGITS.matcher(line).replaceAll(" "))
                .distinct()
                .toList();
    }
}
