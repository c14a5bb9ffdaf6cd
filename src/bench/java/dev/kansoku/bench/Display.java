package dev.kansoku.bench;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The X server that windows are opened on: the one of {@code DISPLAY}, or one of our own. */
final class Display implements AutoCloseable {

    private static final String SIZE = "1400x1000x24";

    private final String name;
    private final String description;
    private final @Nullable Child server;
    private final @Nullable Child manager;

    private Display(String name, String description, @Nullable Child server, @Nullable Child manager) {
        this.name = name;
        this.description = description;
        this.server = server;
        this.manager = manager;
    }

    static Display open(Path logs) {
        String given = System.getenv("DISPLAY");
        if (given != null && !given.isBlank()) {
            return new Display(given, "the X server of DISPLAY=" + given, null, null);
        }
        if (!Commands.has("Xvfb")) {
            throw new Bench.Missing(
                    "There is no display, and no Xvfb to make one: install it, on Debian and Ubuntu with "
                            + "\"apt install xvfb\", or set DISPLAY.");
        }
        // It chooses a free display and says which.
        Child server = Child.start(
                new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", SIZE, "-nolisten", "tcp"),
                logs.resolve("xvfb.log"));
        String name = ":" + server.line();
        if (!Commands.has("openbox")) {
            return new Display(name, "Xvfb " + SIZE + " without a window manager", server, null);
        }
        var builder = new ProcessBuilder(List.of("openbox", "--sm-disable", "--startup", "echo ready"));
        builder.environment().put("DISPLAY", name);
        Child manager = Child.start(builder, logs.resolve("openbox.log"));
        manager.line();
        return new Display(name, "Xvfb " + SIZE + " with openbox", server, manager);
    }

    /** For the environment variable {@code DISPLAY}. */
    String name() {
        return name;
    }

    String description() {
        return description;
    }

    @Override
    public void close() {
        if (manager != null) {
            manager.close();
        }
        if (server != null) {
            server.close();
        }
    }
}
