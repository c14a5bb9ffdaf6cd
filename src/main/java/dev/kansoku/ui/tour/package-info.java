/**
 * The guided tour: the program goes through its own window and takes a picture of every view.
 */
@NullMarked
package dev.kansoku.ui.tour;

import org.jspecify.annotations.NullMarked;
