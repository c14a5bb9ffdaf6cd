/** Servers that speak like Ollama, at a pace that no real model has, in processes of their own. */
@NullMarked
package dev.kansoku.bench.server;

import org.jspecify.annotations.NullMarked;
