/**
 * The built-in demo engine: a server in the program that speaks Ollama's API, with real waits and texts written
 * beforehand.
 */
@NullMarked
package dev.kansoku.demo;

import org.jspecify.annotations.NullMarked;
