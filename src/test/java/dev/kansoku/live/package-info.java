/**
 * Tests against the real thing: an Ollama with small models, installed by {@code .ci/live-parts}.
 */
@NullMarked
package dev.kansoku.live;

import org.jspecify.annotations.NullMarked;
