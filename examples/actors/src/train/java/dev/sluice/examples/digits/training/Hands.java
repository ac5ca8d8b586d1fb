package dev.sluice.examples.digits.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Who writes the digits to learn from, and who those that the model is examined with. */
final class Hands {

    private static final String DEJAVU = "net/sf/jasperreports/fonts/dejavu/DejaVu";
    private static final String LIBERATION = "liberation/Liberation";

    private Hands() {}

    static List<Hand> toLearnFrom() throws IOException {
        List<Hand> hands = new ArrayList<>();
        for (String face : List.of("Sans", "Sans-Bold", "Sans-Oblique", "SansMono", "Serif", "Serif-Bold")) {
            hands.add(Typeface.load(DEJAVU + face + ".ttf"));
        }
        for (String face : List.of("Sans-Regular", "Sans-Italic", "Sans-Bold")) {
            hands.add(Typeface.load(LIBERATION + face + ".ttf"));
        }
        hands.addAll(pens());
        return List.copyOf(hands);
    }

    static List<Pen> pens() {
        List<Pen> pens = new ArrayList<>();
        for (int hand = 1; hand <= 4; hand++) {
            pens.add(new Pen("pencil " + hand, 0.035, 0.04, 0.08));
            pens.add(new Pen("pen " + hand, 0.045, 0.07, 0.13));
            pens.add(new Pen("felt pen " + hand, 0.03, 0.11, 0.18));
        }
        return List.copyOf(pens);
    }

    /** Typefaces that nothing was learnt from. */
    static List<Hand> unseenTypefaces() throws IOException {
        List<Hand> hands = new ArrayList<>();
        for (String face : List.of("Mono-Regular", "Mono-Bold", "Serif-Regular", "Serif-Italic", "Serif-Bold")) {
            hands.add(Typeface.load(LIBERATION + face + ".ttf"));
        }
        return List.copyOf(hands);
    }

    /** Pens that are less steady, thinner or thicker than those that were learnt from. */
    static List<Hand> unseenPens() {
        return List.of(
                new Pen("fine liner", 0.04, 0.03, 0.04),
                new Pen("ball pen", 0.05, 0.06, 0.1),
                new Pen("marker", 0.04, 0.18, 0.2));
    }
}
