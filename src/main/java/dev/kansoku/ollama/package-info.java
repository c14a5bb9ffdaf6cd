/**
 * Ollama's HTTP API as Java: a library that knows nothing of the rest of the program.
 */
@NullMarked
package dev.kansoku.ollama;

import org.jspecify.annotations.NullMarked;
