package dev.kansoku.settings;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** What the build wrote down about itself. It lies in this room because every other one that asks may know it. */
public final class BuildInfo {

    /** A crash file is written all the same. */
    private static final String UNKNOWN = "unknown";

    private static final String VERSION = read();

    private BuildInfo() {}

    /** The version of the program, such as {@code 0.1.0}. */
    public static String version() {
        return VERSION;
    }

    private static String read() {
        Properties properties = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream("/dev/kansoku/build.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            return UNKNOWN;
        }
        return properties.getProperty("version", UNKNOWN);
    }
}
