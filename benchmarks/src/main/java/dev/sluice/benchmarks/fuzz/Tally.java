package dev.sluice.benchmarks.fuzz;

import dev.sluice.benchmarks.fuzz.Door.Wrong;
import dev.sluice.benchmarks.fuzz.Fuzzed.AtDoor;
import java.util.ArrayList;
import java.util.List;

/** What became of the inputs at one door. Not thread-safe. */
final class Tally {

    private static final int MOST_WORDS = 20;

    private final String door;
    private final List<String> words = new ArrayList<>();
    private long answered;
    private long refused;
    private long turnedAway;
    private long wrong;
    private long queries;
    private long unserved;
    private double seconds;

    Tally(String door) {
        this.door = door;
    }

    /** Rightly. */
    void answered() {
        answered++;
    }

    /** With a reason. */
    void refused() {
        refused++;
    }

    /** Before that which was changed could come into effect. */
    void turnedAway() {
        turnedAway++;
    }

    void wrong(String what) {
        wrong++;
        if (words.size() < MOST_WORDS) {
            words.add(what);
        }
    }

    /** Among the inputs was a query that the frontend answered, and so has to have counted. */
    void query() {
        queries++;
    }

    void unserved() {
        unserved++;
    }

    void took(double moreSeconds) {
        seconds += moreSeconds;
    }

    /** One input at the door. Whatever the bench stumbles over is no right answer either, and no reason to stop. */
    void send(Door to, Changes changes) {
        try {
            to.send(changes, this);
        } catch (Wrong e) {
            wrong(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            wrong("not to be understood: " + e);
        }
    }

    AtDoor result() {
        long inputs = answered + refused + turnedAway + wrong;
        return new AtDoor(
                door, inputs, answered, refused, turnedAway, wrong, List.copyOf(words), queries, unserved, seconds);
    }

    @Override
    public String toString() {
        return door + " " + result().inputs() + " inputs, " + wrong + " wrong";
    }
}
