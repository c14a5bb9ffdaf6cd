/**
 * What all windows share: words, theme, icons, loading of FXML, the way onto the FX thread.
 */
@NullMarked
package dev.kansoku.ui.common;

import org.jspecify.annotations.NullMarked;
