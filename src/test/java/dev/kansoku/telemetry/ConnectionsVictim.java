package dev.kansoku.telemetry;

import dev.kansoku.chat.Prompt;
import dev.kansoku.live.Program;
import dev.kansoku.ollama.ModelOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import jdk.jfr.Recording;

/** The program, noting what it does on the network. */
final class ConnectionsVictim {

    static final String AGREE = "agree";
    static final String STRAY = "stray";
    static final String MEASURED = "measured";

    private static final int TURNS = 3;
    private static final int NOBODY = 9;

    private ConnectionsVictim() {}

    /**
     * Sends some turns, waits for a line and ends in order.
     *
     * @param arguments folder, file of the recording, address of Ollama, what to do besides, variables of the environment
     */
    public static void main(String[] arguments) throws IOException {
        try (Recording recording = Connections.record(Path.of(arguments[1]))) {
            run(Path.of(arguments[0]), arguments[2], arguments[3], environment(arguments));
            recording.stop();
        }
        System.exit(0);
    }

    private static Map<String, String> environment(String[] arguments) {
        var environment = new HashMap<String, String>();
        for (int i = 4; i < arguments.length; i++) {
            environment.put(
                    arguments[i].substring(0, arguments[i].indexOf('=')),
                    arguments[i].substring(arguments[i].indexOf('=') + 1));
        }
        return environment;
    }

    private static void run(Path folder, String ollama, String besides, Map<String, String> environment)
            throws IOException {
        try (Program program = Program.at(ollama);
                RunningTelemetry telemetry = RunningTelemetry.start(folder, environment)) {
            program.tell(telemetry.control());
            if (besides.equals(AGREE)) {
                telemetry.await("the question", () -> telemetry.control().state() instanceof TelemetryState.Asking);
                telemetry
                        .control()
                        .agree(((TelemetryState.Asking) telemetry.control().state()).endpoint());
            }
            if (besides.equals(STRAY)) {
                stray();
            }
            for (int i = 0; i < TURNS; i++) {
                program.measured(program.chat()
                        .send(
                                program.chat().newConversation(),
                                "tinyllama:latest",
                                ModelOptions.DEFAULTS,
                                Prompt.of("Why is the sky blue?")));
            }
            System.out.println(MEASURED);
            var _ = System.in.read();
        }
    }

    /** What a program might do that nobody asked for. */
    private static void stray() throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(new byte[1], 1, InetAddress.getLoopbackAddress(), NOBODY));
        }
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), NOBODY));
        } catch (ConnectException e) {
            // As it should be.
        }
    }
}
