/**
 * Measures the program and writes {@code docs/benchmarks.md}. It runs nothing of the program itself: what is measured runs in
 * windows of their own ({@code dev.kansoku.bench.window}), against servers of their own ({@code dev.kansoku.bench.server} or
 * a real Ollama), so that neither the harness nor one part disturbs another.
 */
@NullMarked
package dev.kansoku.bench;

import org.jspecify.annotations.NullMarked;
