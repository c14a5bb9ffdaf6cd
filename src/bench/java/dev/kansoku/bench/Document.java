package dev.kansoku.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the parts have found, joined to one page. */
final class Document {

    private final Path sections;

    /** @param sections the folder where each part leaves what it has found */
    Document(Path sections) {
        this.sections = sections;
    }

    Path of(Part part) {
        return sections.resolve(part.name() + ".json");
    }

    /** Parts that were not measured this time stand as they were measured before. */
    void write(Path page, Display display, List<Part> parts) {
        var goals = new Table("part", "goal", "measured", "");
        var texts = new StringBuilder();
        for (Part part : parts) {
            texts.append("\n## ").append(part.title()).append("\n\n");
            if (Files.exists(of(part))) {
                Section section = Section.read(of(part));
                section.goals()
                        .forEach(goal -> goals.row(
                                part.name(),
                                goal.aim(),
                                goal.measured(),
                                goal.verdict().words()));
                texts.append(section.when()).append("\n\n").append(section.body());
                if (!section.profile().isEmpty()) {
                    texts.append("\n### Where the time goes\n\n").append(section.profile());
                }
            } else {
                goals.row(part.name(), "", "", "not measured");
                texts.append("Not measured.\n");
            }
        }
        String text = "# Benchmarks\n\n" + """
                Written by `mvn -q -Pbench`; every number on this page comes from it. Each part says when it was measured; what it
                found is kept in [benchmarks](benchmarks), so that the others stay as they are when one is measured anew. Intervals
                in parentheses are 95 % intervals of a median by the percentile bootstrap. A goal is met if the whole interval
                meets it.

                ## The machine

                """ + Machine.table(display) + "\n## The goals\n\n" + goals + """

                ## How to run it

                ```sh
                .ci/live-parts                                 # once: what "overhead" and "telemetry" measure against
                mvn -q -Pbench                                 # all parts
                mvn -q -Pbench -Dbench.parts=flood,memory      # some of them; the others stay as they were measured before
                mvn -q -Pbench -Dbench.quick=true              # only tries the harness; writes to target/bench
                ```

                It needs a JDK 25, curl and, where `DISPLAY` is not set, Xvfb; openbox is used if it is there. Leave the machine alone
                meanwhile. Logs and recordings of the JVM lie in `target/bench`. Each part but the last two runs the program in its
                real window, live panel and all observers included, in a process of its own with the program's own flags and
                class path, painted by JavaFX's software pipeline; servers are other processes.
                """ + texts;
        try {
            Files.createDirectories(page.toAbsolutePath().getParent());
            Files.writeString(page, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
