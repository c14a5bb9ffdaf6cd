package dev.kansoku.ollama;

/**
 * What went wrong between us and Ollama, as a type a caller can switch over. {@link #serverSaid()} is what the server,
 * or what answered in its place, said: at most {@value #MOST_SAID} characters, without control characters; empty where
 * nothing was said.
 */
public sealed interface OllamaError {

    /** Longest text taken over from a server, in characters. */
    int MOST_SAID = 500;

    String serverSaid();

    /** Nothing listens at a loopback address: Ollama is not running. */
    record NotRunning(String serverSaid) implements OllamaError {}

    /**
     * The other machine is there but does not want us: it refuses the connection, or Ollama refuses the host name in
     * the request (403 without a body, when it is bound to loopback).
     */
    record Refused(String serverSaid) implements OllamaError {}

    /** The host's name cannot be resolved, or there is no route to it. */
    record HostUnknown(String serverSaid) implements OllamaError {}

    /** A proxy answered instead of Ollama. */
    record ProxyInTheWay(int status, String serverSaid) implements OllamaError {}

    /** Something answers at the address, but it is not Ollama; status 0 if it does not even speak HTTP. */
    record NotOllama(int status, String serverSaid) implements OllamaError {}

    record ModelMissing(String model, String serverSaid) implements OllamaError {}

    /** The model cannot do what was asked, e.g. chat or thinking. */
    record DoesNotSupport(String serverSaid) implements OllamaError {}

    record OutOfMemory(String serverSaid) implements OllamaError {}

    /** The server's queue is full (503), or a cloud model's rate limit is reached (429). */
    record Busy(String serverSaid) implements OllamaError {}

    record LoadFailed(String serverSaid) implements OllamaError {}

    /** The process that runs the model ended while, or just before, it answered. */
    record RunnerDied(String serverSaid) implements OllamaError {}

    record ContextTooLong(String serverSaid) implements OllamaError {}

    record Unauthorised(String serverSaid) implements OllamaError {}

    /** Nothing came for longer than allowed. */
    record TimedOut(Waiting waitingFor, String serverSaid) implements OllamaError {

        public enum Waiting {
            CONNECTION,
            FIRST_BYTE,
            NEXT_CHUNK
        }
    }

    /** The connection broke while a reply was on its way. */
    record ConnectionLost(String serverSaid) implements OllamaError {}

    /**
     * The server refused the request as such, or failed, for a reason that has no case of its own here. Status 200 if
     * it said so in a line of a stream.
     */
    record ServerFault(int status, String serverSaid) implements OllamaError {}

    /** What came is not what Ollama's API promises. */
    record Protocol(String serverSaid) implements OllamaError {}
}
