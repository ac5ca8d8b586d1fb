package dev.sluice.examples.digits.training;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.FlatteningPathIterator;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.random.RandomGenerator;

/**
 * What a hand, a camera and a careless crop do to a shape: bent, turned, sheared, stretched.
 *
 * @param bend how far points are moved by a slow wave, as a share of the digit's height
 * @param turn most degrees either way
 * @param shear most slant either way
 */
record Distortion(double bend, double turn, double shear) {

    private static final double FLAT = 0.004;

    Shape apply(Shape shape, RandomGenerator chance) {
        AffineTransform place = new AffineTransform();
        place.rotate(Math.toRadians(chance.nextDouble(-turn, turn)));
        place.shear(chance.nextDouble(-shear, shear), 0);
        place.scale(chance.nextDouble(0.55, 1.3), 1);
        return place.createTransformedShape(bent(shape, chance));
    }

    private Shape bent(Shape shape, RandomGenerator chance) {
        double phaseX = chance.nextDouble(2 * Math.PI);
        double phaseY = chance.nextDouble(2 * Math.PI);
        double sway = bend * chance.nextDouble(-1, 1);
        double heave = bend * chance.nextDouble(-1, 1);
        Path2D bent = new Path2D.Double(Path2D.WIND_NON_ZERO);
        PathIterator at = new FlatteningPathIterator(shape.getPathIterator(null), FLAT);
        double[] point = new double[6];
        for (; !at.isDone(); at.next()) {
            int kind = at.currentSegment(point);
            double x = point[0] + sway * Math.sin(4 * point[1] + phaseX);
            double y = point[1] + heave * Math.sin(4 * point[0] + phaseY);
            if (kind == PathIterator.SEG_MOVETO) {
                bent.moveTo(x, y);
            } else if (kind == PathIterator.SEG_LINETO) {
                bent.lineTo(x, y);
            } else {
                bent.closePath();
            }
        }
        return bent;
    }
}
