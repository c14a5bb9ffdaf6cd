package dev.kansoku.ui.panel;

import java.util.List;

/**
 * The colours of a picture, ARGB.
 *
 * @param marks of the marks where turns began
 * @param lines in the order of the chart's lines
 */
record Ink(int grid, int marks, List<Integer> lines) {}
