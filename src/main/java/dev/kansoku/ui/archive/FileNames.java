package dev.kansoku.ui.archive;

import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names for files that every file system takes. */
final class FileNames {

    /** In UTF-16 units: at most 180 bytes, where 255 are the least that file systems allow. */
    private static final int LONGEST = 60;

    private static final Pattern FORBIDDEN = Pattern.compile("[\\\\/:*?\"<>|\\p{Cntrl}\\p{Cf}\\p{Cs}\\s]+");
    private static final Pattern EDGES = Pattern.compile("^[ .]+|[ .]+$");

    /** What Windows takes for devices, whatever the ending. */
    private static final Pattern DEVICE = Pattern.compile("(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

    private FileNames() {}

    /** A name without ending, made from a title; with the date if nothing of the title can stand in one. */
    static String of(String title, LocalDate today) {
        String name = trimmed(FORBIDDEN.matcher(title).replaceAll(" "));
        if (name.length() > LONGEST) {
            name = trimmed(
                    name.substring(0, Character.isHighSurrogate(name.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST));
        }
        if (name.isEmpty()) {
            return of(today);
        }
        return DEVICE.matcher(name.toLowerCase(Locale.ROOT)).matches() ? "_" + name : name;
    }

    static String of(LocalDate today) {
        return "kansoku-" + today;
    }

    private static String trimmed(String name) {
        return EDGES.matcher(name).replaceAll("");
    }
}
