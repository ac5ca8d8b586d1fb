package dev.sluice.examples.digits.training;

import dev.sluice.examples.digits.DigitFeatures;
import dev.sluice.examples.digits.UnreadablePictureException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Sets of drawings, seen as the actor will see pictures. The same seed gives the same set. */
final class Drawings {

    private Drawings() {}

    /**
     * A digit and what the model is shown of its picture.
     *
     * @param features {@link DigitFeatures#WIDTH} of them
     */
    @SuppressWarnings("ArrayRecordComponent") // a value on its way, never compared
    record Seen(int digit, float[] features) {}

    /** So many drawings, the hands and the digits in turn. */
    static List<Seen> draw(List<? extends Hand> hands, Distortion distortion, int count, long seed) {
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> draw(hands.get(i / 10 % hands.size()), i % 10, distortion, new SplittableRandom(seed + i)))
                .toList();
    }

    private static Seen draw(Hand hand, int digit, Distortion distortion, SplittableRandom chance) {
        var outline = distortion.apply(hand.write(digit, chance), chance);
        Drawing drawing = Drawing.of(digit, outline, chance.nextInt(16, 56), chance);
        try {
            return new Seen(digit, DigitFeatures.of(drawing.picture()));
        } catch (UnreadablePictureException e) {
            throw new IllegalStateException("a drawing of " + digit + " by " + hand.name() + ": " + e.getMessage(), e);
        }
    }
}
