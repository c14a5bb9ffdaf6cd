package dev.kansoku.faults;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;

/**
 * Prints a logged throwable as classes and frames; {@code logback.xml} knows it as {@code %frames}. Logback's own
 * converters print the message too, and add themselves to every pattern that has none of their kind.
 */
public final class FramesConverter extends ThrowableHandlingConverter {

    @Override
    public String convert(ILoggingEvent event) {
        return event.getThrowableProxy() instanceof ThrowableProxy proxy ? StackText.of(proxy.getThrowable()) : "";
    }
}
