package dev.kansoku.telemetry;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * What a program has done on the network: the JDK's flight recorder notes every call of the method that makes its sockets, of
 * TCP and UDP (JEP 520), however short their lives. Not of the one that connects: a call that throws is not noted, and being
 * refused throws. Neither tells the address, but a write does. Names that are looked up are not seen.
 */
final class Connections {

    private static final String CLASS = "sun.nio.ch.Net";
    private static final String METHOD = "socket";

    /** The one of its name that the others call. */
    private static final String INNERMOST = "(Ljava/net/ProtocolFamily;Z)Ljava/io/FileDescriptor;";

    private final List<RecordedEvent> events;

    private Connections(List<RecordedEvent> events) {
        this.events = events;
    }

    /** Begins to note; what is noted is written to the file when the recording is stopped. */
    static Recording record(Path file) throws IOException {
        var recording = new Recording();
        recording.enable("jdk.MethodTrace").withThreshold(Duration.ZERO).with("filter", CLASS + "::" + METHOD);
        recording.enable("jdk.SocketWrite").withThreshold(Duration.ZERO);
        recording.setDestination(file);
        recording.start();
        return recording;
    }

    static Connections in(Path file) throws IOException {
        return new Connections(RecordingFile.readAllEvents(file));
    }

    /** How many sockets were made, whatever became of them. */
    long sockets() {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("jdk.MethodTrace"))
                .<RecordedMethod>map(event -> event.getValue("method"))
                .filter(method -> method.getType().getName().equals(CLASS)
                        && method.getName().equals(METHOD)
                        && method.getDescriptor().equals(INNERMOST))
                .count();
    }

    /** The ports on other machines, or on this one, that something was written to. */
    List<Integer> ports() {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("jdk.SocketWrite"))
                .map(event -> event.getInt("port"))
                .distinct()
                .sorted()
                .toList();
    }
}
