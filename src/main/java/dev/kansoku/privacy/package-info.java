/**
 * What of a text may leave the machine: a few characters at most, without personal data and secrets. Text goes in,
 * {@link dev.kansoku.privacy.MaskedText} comes out.
 */
@NullMarked
package dev.kansoku.privacy;

import org.jspecify.annotations.NullMarked;
