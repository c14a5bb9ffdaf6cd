package dev.kansoku.ui.panel;

import java.math.BigDecimal;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows of values as RFC 4180 has them; they look the same in every language of the program. */
final class Csv {

    private static final String END = "\r\n";

    private Csv() {}

    static void append(StringBuilder csv, Stream<String> fields) {
        csv.append(fields.map(Csv::quoted).collect(Collectors.joining(","))).append(END);
    }

    /** @param value {@link Double#NaN} for none */
    static String number(double value) {
        return Double.isNaN(value)
                ? ""
                : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String quoted(String field) {
        return field.matches("[^\",\r\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
