package dev.kansoku.ui.panel;

import dev.kansoku.measure.Segment;
import dev.kansoku.measure.SegmentKind;
import dev.kansoku.ui.common.SegmentStyle;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.Region;

/** The segments of a turn to scale, side by side. Their colours come from CSS, one class a kind. */
public final class SegmentBar extends Region {

    private static final double THIN = 2;

    private List<Segment> segments = List.of();

    public SegmentBar() {
        getStyleClass().add("segment-bar");
    }

    public void show(List<Segment> parts) {
        List<Segment> next =
                parts.stream().filter(part -> !part.duration().isZero()).toList();
        boolean sameKinds = kinds(next).equals(kinds(segments));
        segments = next;
        if (!sameKinds) {
            getChildren().setAll(segments.stream().map(SegmentBar::box).toList());
        }
        requestLayout();
    }

    private static List<SegmentKind> kinds(List<Segment> parts) {
        return parts.stream().map(Segment::kind).toList();
    }

    private static Node box(Segment segment) {
        var box = new Region();
        box.getStyleClass().addAll("segment", SegmentStyle.of(segment.kind()));
        box.setManaged(false);
        return box;
    }

    /** A segment that took any time at all stays visible, at the cost of the long ones. */
    @Override
    protected void layoutChildren() {
        double total =
                segments.stream().mapToDouble(s -> s.duration().toNanos()).sum();
        double width = getWidth() - THIN * segments.size();
        double x = 0;
        for (int i = 0; i < segments.size(); i++) {
            double share = segments.get(i).duration().toNanos() / total;
            double end = x + THIN + share * width;
            Node box = getChildren().get(i);
            box.resizeRelocate(snapPositionX(x), 0, snapPositionX(end) - snapPositionX(x), getHeight());
            x = end;
        }
    }
}
