package dev.sluice.examples.digits.training;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * Draws the pictures in {@code examples/pictures}: a digit each, in blue ink on cream paper. They are
 * committed; the build draws them anew where it is given {@code -Dpictures.phase=process-classes}.
 */
public final class DrawPictures {

    private static final int WIDTH = 220;
    private static final int HEIGHT = 280;
    private static final double DIGIT_HEIGHT = 170;
    private static final Color PAPER = new Color(250, 246, 232);
    private static final Color INK = new Color(24, 40, 120);
    private static final Pen HAND = new Pen("example", 0.025, 0.055, 0.075);
    private static final Distortion DISTORTION = new Distortion(0.05, 6, 0.15);

    private DrawPictures() {}

    /** @param args the folder to draw into */
    public static void main(String[] args) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Path folder = Files.createDirectories(Path.of(args[0]));
        for (int digit = 0; digit <= 9; digit++) {
            ImageIO.write(
                    draw(digit, new SplittableRandom(7L + digit)),
                    "png",
                    folder.resolve("digit-" + digit + ".png").toFile());
        }
    }

    private static BufferedImage draw(int digit, SplittableRandom chance) {
        Shape outline = DISTORTION.apply(HAND.write(digit, chance), chance);
        Rectangle2D box = outline.getBounds2D();
        AffineTransform place = AffineTransform.getTranslateInstance(
                WIDTH / 2.0 + chance.nextDouble(-15, 15), HEIGHT / 2.0 + chance.nextDouble(-20, 20));
        place.scale(DIGIT_HEIGHT, DIGIT_HEIGHT);
        place.translate(-box.getCenterX(), -box.getCenterY());

        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.setColor(INK);
        graphics.fill(place.createTransformedShape(outline));
        graphics.dispose();
        return picture;
    }
}
