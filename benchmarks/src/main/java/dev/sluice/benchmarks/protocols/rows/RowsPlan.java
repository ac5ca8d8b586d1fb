package dev.sluice.benchmarks.protocols.rows;

/**
 * How often.
 *
 * @param rounds of both sides, warm-ups included
 * @param warmUps which are not counted
 * @param passes over all rows in each round
 */
public record RowsPlan(int rounds, int warmUps, int passes) {

    public static RowsPlan full() {
        return new RowsPlan(9, 2, 10);
    }

    public static RowsPlan quick() {
        return new RowsPlan(2, 1, 1);
    }
}
