package dev.sluice.examples.digits.training;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.random.RandomGenerator;

/** A picture and the digit that it shows. */
record Drawing(BufferedImage picture, int digit) {

    /** Draws a digit somewhere on paper: any size, bold or not, dark on light or light on dark, more or less grainy. */
    static Drawing of(int digit, Shape outline, int side, RandomGenerator chance) {
        Rectangle2D box = outline.getBounds2D();
        double scale = side * chance.nextDouble(0.55, 0.9) / Math.max(box.getWidth(), box.getHeight());
        double roomX = side - 2 - scale * box.getWidth();
        double roomY = side - 2 - scale * box.getHeight();
        AffineTransform place = AffineTransform.getTranslateInstance(
                1 + roomX * chance.nextDouble(0.2, 0.8), 1 + roomY * chance.nextDouble(0.2, 0.8));
        place.scale(scale, scale);
        place.translate(-box.getX(), -box.getY());

        float paper = (float) chance.nextDouble(0.75, 1);
        float ink = (float) chance.nextDouble(0, 0.35);
        boolean lightOnDark = chance.nextBoolean();
        BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(grey(lightOnDark ? 1 - paper : paper));
        graphics.fillRect(0, 0, side, side);
        graphics.setColor(grey(lightOnDark ? 1 - ink : ink));
        Shape placed = place.createTransformedShape(outline);
        graphics.fill(placed);
        if (chance.nextBoolean()) {
            graphics.setStroke(new BasicStroke((float) (scale * chance.nextDouble(0.01, 0.06))));
            graphics.draw(placed);
        }
        graphics.dispose();
        addGrain(picture, 255 * chance.nextDouble(0, 0.06), chance);
        return new Drawing(picture, digit);
    }

    private static Color grey(float brightness) {
        return new Color(brightness, brightness, brightness);
    }

    private static void addGrain(BufferedImage picture, double strength, RandomGenerator chance) {
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                double moved = (picture.getRGB(x, y) & 0xff) + strength * chance.nextGaussian();
                int grey = (int) Math.min(255, Math.max(0, moved));
                picture.setRGB(x, y, grey << 16 | grey << 8 | grey);
            }
        }
    }
}
