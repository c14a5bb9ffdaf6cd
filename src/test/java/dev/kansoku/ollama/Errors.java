package dev.kansoku.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** For asserting how a call failed. */
final class Errors {

    private Errors() {}

    /** The error of a call that must fail; holds it to saying nothing in its messages but its kind. */
    static OllamaError errorOf(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(OllamaException.class);
        OllamaError error = ((OllamaException) Objects.requireNonNull(thrown)).error();
        assertThat(thrown).hasMessage(error.getClass().getSimpleName());
        return error;
    }
}
