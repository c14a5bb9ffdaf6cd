package dev.kansoku.ui.tour;

import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.stage.PopupWindow;
import javafx.stage.Window;
import javax.imageio.ImageIO;

/** What the screen shows of the program: its window, and over it what else is open. */
final class Picture {

    /** What was drawn at all has more: the window alone has grounds, lines and the shades of its letters. */
    private static final int FEWEST_COLOURS = 32;

    /** Of 255. Letters are told from their ground by more. */
    private static final int LEAST_CONTRAST = 60;

    /** Of 255: what lies under a dialog steps back. */
    private static final int SHADE = 60;

    private final BufferedImage image;

    /** Where each window begins in the picture. */
    private final Map<Window, Point> places = new HashMap<>();

    private Picture(BufferedImage image) {
        this.image = image;
    }

    /** On the FX thread. */
    static Picture ofScreen() {
        List<Window> windows = Sight.windows();
        Window base = windows.getFirst();
        var picture = new Picture(image(base.getScene().snapshot(null)));
        picture.places.put(base, new Point());
        windows.stream().skip(1).forEach(over -> picture.add(over, base));
        return picture;
    }

    private void add(Window over, Window base) {
        var transparent = new SnapshotParameters();
        transparent.setFill(Color.TRANSPARENT);
        BufferedImage shot = image(over.getScene().getRoot().snapshot(transparent, null));
        Graphics2D canvas = image.createGraphics();
        Point place;
        if (over instanceof PopupWindow) {
            place = new Point((int) (left(over) - left(base)), (int) (top(over) - top(base)));
        } else {
            // There is no desktop to put a dialog somewhere and a frame around it.
            place = new Point((image.getWidth() - shot.getWidth()) / 2, (image.getHeight() - shot.getHeight()) / 2);
            canvas.setColor(new java.awt.Color(0, 0, 0, SHADE));
            canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
            canvas.fillRect(place.x - 1, place.y - 1, shot.getWidth() + 2, shot.getHeight() + 2);
        }
        canvas.drawImage(shot, place.x, place.y, null);
        canvas.dispose();
        places.put(over, place);
    }

    private static BufferedImage image(WritableImage shot) {
        int width = (int) shot.getWidth();
        int height = (int) shot.getHeight();
        int[] pixels = new int[width * height];
        shot.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, width, height, pixels, 0, width);
        return image;
    }

    private static double left(Window window) {
        return window.getX() + window.getScene().getX();
    }

    private static double top(Window window) {
        return window.getY() + window.getScene().getY();
    }

    void save(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    /**
     * Whether anything was drawn, on the ground that the theme says.
     *
     * @throws TourException if not
     */
    void assertDrawn(boolean dark) {
        Map<Integer, Integer> colours = new HashMap<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.merge(image.getRGB(x, y), 1, Integer::sum);
            }
        }
        if (colours.size() < FEWEST_COLOURS) {
            throw new TourException("the picture is blank: " + colours.size() + " colours");
        }
        int ground = colours.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        if (brightness(ground) < 128 != dark) {
            throw new TourException("the picture is not " + (dark ? "dark" : "light") + " but mostly "
                    + String.format("#%06X", ground & 0xFFFFFF));
        }
    }

    /** Whether the letters of a node are there. On the FX thread. */
    boolean shows(Node node) {
        Point place = places.getOrDefault(node.getScene().getWindow(), new Point());
        Bounds bounds = node.localToScene(node.getLayoutBounds());
        int x0 = (int) Math.max(0, place.x + bounds.getMinX());
        int y0 = (int) Math.max(0, place.y + bounds.getMinY());
        int x1 = (int) Math.min(image.getWidth(), place.x + bounds.getMaxX());
        int y1 = (int) Math.min(image.getHeight(), place.y + bounds.getMaxY());
        int darkest = 255;
        int brightest = 0;
        for (int y = y0; y < y1; y++) {
            for (int x = x0; x < x1; x++) {
                int brightness = brightness(image.getRGB(x, y));
                darkest = Math.min(darkest, brightness);
                brightest = Math.max(brightest, brightness);
            }
        }
        return brightest - darkest >= LEAST_CONTRAST;
    }

    private static int brightness(int argb) {
        return ((argb >> 16 & 0xFF) * 299 + (argb >> 8 & 0xFF) * 587 + (argb & 0xFF) * 114) / 1000;
    }
}
