package dev.sluice.examples.digits.training;

import java.awt.Shape;
import java.util.random.RandomGenerator;

/** One way to write digits: a typeface, or a pen. */
interface Hand {

    String name();

    /** The filled outline of a digit about 1 high, y downwards; the chance varies it where a hand has variety. */
    Shape write(int digit, RandomGenerator chance);
}
