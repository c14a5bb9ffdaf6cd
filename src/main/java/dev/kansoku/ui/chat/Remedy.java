package dev.kansoku.ui.chat;

import dev.kansoku.ollama.OllamaError;
import java.util.List;

/** What the program can do itself about an error; the order in a list is the order of the buttons. */
public enum Remedy {
    PULL,
    RETRY,
    OTHER_ADDRESS;

    public static List<Remedy> of(OllamaError error) {
        return switch (error) {
            case OllamaError.NotRunning e -> List.of(RETRY, OTHER_ADDRESS);
            case OllamaError.Refused e -> List.of(RETRY, OTHER_ADDRESS);
            case OllamaError.HostUnknown e -> List.of(OTHER_ADDRESS, RETRY);
            case OllamaError.ProxyInTheWay e -> List.of(OTHER_ADDRESS, RETRY);
            case OllamaError.NotOllama e -> List.of(OTHER_ADDRESS);
            case OllamaError.ModelMissing e -> List.of(PULL, RETRY);
            case OllamaError.DoesNotSupport e -> List.of(RETRY);
            case OllamaError.OutOfMemory e -> List.of(RETRY);
            case OllamaError.Busy e -> List.of(RETRY);
            case OllamaError.LoadFailed e -> List.of(RETRY, PULL);
            case OllamaError.RunnerDied e -> List.of(RETRY);
            case OllamaError.ContextTooLong e -> List.of();
            case OllamaError.Unauthorised e -> List.of(OTHER_ADDRESS);
            case OllamaError.TimedOut e -> List.of(RETRY, OTHER_ADDRESS);
            case OllamaError.ConnectionLost e -> List.of(RETRY);
            case OllamaError.ServerFault e -> List.of(RETRY);
            case OllamaError.Protocol e -> List.of(RETRY);
        };
    }
}
