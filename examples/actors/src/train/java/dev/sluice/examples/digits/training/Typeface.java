package dev.sluice.examples.digits.training;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * A printed hand. Its outlines are read from a font file on the class path by plain Java, so that training does not
 * depend on the fonts, or the font libraries, of the machine.
 */
record Typeface(String name, List<Shape> digits) implements Hand {

    static Typeface load(String resource) throws IOException {
        try (InputStream in = Typeface.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource + " is not on the class path");
            }
            try (TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(in))) {
                return new Typeface(resource.replaceAll(".*/|\\.ttf", ""), outlines(font));
            }
        }
    }

    @Override
    public Shape write(int digit, RandomGenerator chance) {
        return digits.get(digit);
    }

    private static List<Shape> outlines(TrueTypeFont font) throws IOException {
        List<Shape> digits = new ArrayList<>();
        for (int digit = 0; digit <= 9; digit++) {
            int glyph = font.getUnicodeCmapLookup().getGlyphId('0' + digit);
            Shape outline = font.getPath(font.getPostScript().getName(glyph));
            Rectangle2D box = outline.getBounds2D();
            AffineTransform toUnit = AffineTransform.getScaleInstance(1 / box.getHeight(), -1 / box.getHeight());
            toUnit.translate(-box.getX(), -box.getMaxY());
            digits.add(toUnit.createTransformedShape(outline));
        }
        return List.copyOf(digits);
    }
}
