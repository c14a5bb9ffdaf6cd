package dev.kansoku.telemetry;

/** Whether signals leave the program. */
public sealed interface TelemetryState {

    /** Nothing leaves: no endpoint is set, or {@code OTEL_SDK_DISABLED} says so. */
    record Off() implements TelemetryState {}

    /**
     * Nothing leaves until the user has answered.
     *
     * @param endpoint where it would be sent
     * @param fromEnvironment whether a variable of the environment names it, and not the settings
     */
    record Asking(String endpoint, boolean fromEnvironment) implements TelemetryState {}

    /** The user has said no to this endpoint for as long as the program runs. */
    record Declined(String endpoint, boolean fromEnvironment) implements TelemetryState {}

    record On(String endpoint, boolean fromEnvironment) implements TelemetryState {}

    /**
     * Nothing leaves, because what is set cannot work.
     *
     * @param reason a sentence, of the SDK or ours, in English
     */
    record Unusable(String reason) implements TelemetryState {}
}
