/**
 * OpenTelemetry: what the people who look after many workstations see of turns, and never what was asked. Text comes in as
 * {@link dev.kansoku.privacy.MaskedText} only, by way of {@code TurnBorder}.
 */
@NullMarked
package dev.kansoku.telemetry;

import org.jspecify.annotations.NullMarked;
