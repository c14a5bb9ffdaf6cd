package dev.kansoku.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the window was left. Whether it still fits on a screen is for the window to decide: only it knows the screens.
 *
 * @param width in pixels, not maximized
 * @param height in pixels, not maximized
 * @param x left edge in pixels; null: wherever the desktop puts it
 * @param y top edge in pixels; null: wherever the desktop puts it
 * @param panelWidth width of the live panel in pixels
 * @param panelShown whether the live panel is there
 * @param panelApart whether it has a window of its own
 * @param panelOnTop whether that window stays above all others
 * @param panelBounds where that window was; null: it never had one
 * @param conversationsShown whether the list of conversations is there
 * @param model the model that was chosen last
 */
public record WindowState(
        double width,
        double height,
        @Nullable Double x,
        @Nullable Double y,
        boolean maximized,
        double panelWidth,
        boolean panelShown,
        boolean panelApart,
        boolean panelOnTop,
        @Nullable Bounds panelBounds,
        boolean conversationsShown,
        @Nullable String model) {

    /** Of a window, in pixels. */
    public record Bounds(double x, double y, double width, double height) {

        private boolean isSensible() {
            return Math.abs(x) <= LARGEST
                    && Math.abs(y) <= LARGEST
                    && width >= 1
                    && width <= LARGEST
                    && height >= 1
                    && height <= LARGEST;
        }
    }

    public static final WindowState DEFAULTS =
            new WindowState(1280, 800, null, null, false, 360, true, false, false, null, true, null);

    private static final double LARGEST = 100_000;

    /** What makes no sense becomes its default, as in {@link Settings}. */
    @JsonCreator
    static WindowState fromJson(
            @JsonProperty("width") @Nullable Double width,
            @JsonProperty("height") @Nullable Double height,
            @JsonProperty("x") @Nullable Double x,
            @JsonProperty("y") @Nullable Double y,
            @JsonProperty("maximized") @Nullable Boolean maximized,
            @JsonProperty("panelWidth") @Nullable Double panelWidth,
            @JsonProperty("panelShown") @Nullable Boolean panelShown,
            @JsonProperty("panelApart") @Nullable Boolean panelApart,
            @JsonProperty("panelOnTop") @Nullable Boolean panelOnTop,
            @JsonProperty("panelBounds") @Nullable Bounds panelBounds,
            @JsonProperty("conversationsShown") @Nullable Boolean conversationsShown,
            @JsonProperty("model") @Nullable String model) {
        return new WindowState(
                size(width, DEFAULTS.width),
                size(height, DEFAULTS.height),
                position(x),
                position(y),
                Objects.requireNonNullElse(maximized, DEFAULTS.maximized),
                size(panelWidth, DEFAULTS.panelWidth),
                Objects.requireNonNullElse(panelShown, DEFAULTS.panelShown),
                Objects.requireNonNullElse(panelApart, DEFAULTS.panelApart),
                Objects.requireNonNullElse(panelOnTop, DEFAULTS.panelOnTop),
                panelBounds != null && panelBounds.isSensible() ? panelBounds : null,
                Objects.requireNonNullElse(conversationsShown, DEFAULTS.conversationsShown),
                model);
    }

    private static double size(@Nullable Double value, double otherwise) {
        return value != null && value >= 1 && value <= LARGEST ? value : otherwise;
    }

    private static @Nullable Double position(@Nullable Double value) {
        return value != null && Math.abs(value) <= LARGEST ? value : null;
    }

    public WindowState withModel(@Nullable String value) {
        return new WindowState(
                width,
                height,
                x,
                y,
                maximized,
                panelWidth,
                panelShown,
                panelApart,
                panelOnTop,
                panelBounds,
                conversationsShown,
                value);
    }
}
