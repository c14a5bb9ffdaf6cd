package dev.kansoku.ui.common;

import dev.kansoku.ollama.ModelName;
import dev.kansoku.ollama.OllamaError;

/** The sentences for what goes wrong with Ollama: what is wrong, and what to do. */
public final class ErrorWords {

    private ErrorWords() {}

    /** The sentence for an error of the Ollama at this address. */
    public static String sentence(Words words, OllamaError error, String address) {
        return switch (error) {
            case OllamaError.NotRunning e -> words.get("error.notRunning", address);
            case OllamaError.Refused e -> words.get("error.refused", address);
            case OllamaError.HostUnknown e -> words.get("error.hostUnknown", address);
            case OllamaError.ProxyInTheWay e -> words.get("error.proxy", address, String.valueOf(e.status()));
            case OllamaError.NotOllama e -> words.get("error.notOllama", address);
            case OllamaError.ModelMissing e -> words.get("error.modelMissing", ModelName.display(e.model()));
            case OllamaError.DoesNotSupport e -> words.get("error.doesNotSupport");
            case OllamaError.OutOfMemory e -> words.get("error.outOfMemory");
            case OllamaError.Busy e -> words.get("error.busy");
            case OllamaError.LoadFailed e -> words.get("error.loadFailed");
            case OllamaError.RunnerDied e -> words.get("error.runnerDied");
            case OllamaError.ContextTooLong e -> words.get("error.contextTooLong");
            case OllamaError.Unauthorised e -> words.get("error.unauthorised", address);
            case OllamaError.TimedOut e ->
                switch (e.waitingFor()) {
                    case CONNECTION -> words.get("error.timedOut.connection", address);
                    case FIRST_BYTE -> words.get("error.timedOut.firstByte");
                    case NEXT_CHUNK -> words.get("error.timedOut.nextChunk");
                };
            case OllamaError.ConnectionLost e -> words.get("error.connectionLost");
            // In the middle of a stream there is an error and no status that would tell more.
            case OllamaError.ServerFault e when e.status() == 200 -> words.get("error.serverFaultInStream");
            case OllamaError.ServerFault e -> words.get("error.serverFault", String.valueOf(e.status()));
            case OllamaError.Protocol e -> words.get("error.protocol");
        };
    }
}
