package dev.sluice.examples.digits.training;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A written hand: smooth lines through a few points, which every writing moves a little.
 *
 * @param name says which pen
 * @param unsteady how far a point strays, as a share of the digit's height
 * @param thinnest width of the line, as a share of the digit's height
 * @param thickest width of the line, as a share of the digit's height
 */
record Pen(String name, double unsteady, double thinnest, double thickest) implements Hand {

    @Override
    public Shape write(int digit, RandomGenerator chance) {
        List<String> ways = PenStrokes.WAYS.get(digit);
        String way = ways.get(chance.nextInt(ways.size()));
        Path2D line = new Path2D.Double();
        for (String stroke : way.split(";")) {
            append(line, stroke.strip(), chance);
        }
        float width = (float) chance.nextDouble(thinnest, thickest);
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND).createStrokedShape(line);
    }

    private void append(Path2D line, String stroke, RandomGenerator chance) {
        List<Point2D> smooth = new ArrayList<>();
        for (String word : stroke.split(" +")) {
            Point2D point = point(word, chance);
            smooth.add(point);
            if (word.endsWith("!")) {
                curve(line, smooth);
                smooth = new ArrayList<>(List.of(point));
            }
        }
        curve(line, smooth);
    }

    private Point2D point(String word, RandomGenerator chance) {
        String[] xy = word.replace("!", "").split(",");
        return new Point2D.Double(
                Double.parseDouble(xy[0]) + unsteady * chance.nextGaussian(),
                Double.parseDouble(xy[1]) + unsteady * chance.nextGaussian());
    }

    /** A Catmull-Rom spline: at each point the line runs parallel to the chord between its neighbours. */
    private static void curve(Path2D line, List<Point2D> points) {
        line.moveTo(points.get(0).getX(), points.get(0).getY());
        for (int i = 0; i + 1 < points.size(); i++) {
            Point2D before = points.get(Math.max(0, i - 1));
            Point2D from = points.get(i);
            Point2D to = points.get(i + 1);
            Point2D after = points.get(Math.min(points.size() - 1, i + 2));
            line.curveTo(
                    from.getX() + (to.getX() - before.getX()) / 6,
                    from.getY() + (to.getY() - before.getY()) / 6,
                    to.getX() - (after.getX() - from.getX()) / 6,
                    to.getY() - (after.getY() - from.getY()) / 6,
                    to.getX(),
                    to.getY());
        }
    }
}
