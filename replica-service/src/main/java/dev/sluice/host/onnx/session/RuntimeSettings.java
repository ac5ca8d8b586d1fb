package dev.sluice.host.onnx.session;

/**
 * How a model is run.
 *
 * @param intraThreads that work on one operator; 0: found out
 * @param interThreads that work on operators side by side; 1: one after the other
 * @param batchThreads that work on one batch side by side, each on some of its rows; 0: found out where {@code intraThreads} is 0, and else 1
 * @param provider of the operators, as ONNX Runtime names it in lower case: {@code cpu}, {@code cuda}
 * @param optimisation of the graph: {@code none}, {@code basic}, {@code extended} or {@code all}
 * @param spinning whether threads that wait for work keep their processor busy: quicker where a model has processors for itself
 */
public record RuntimeSettings(
        int intraThreads,
        int interThreads,
        int batchThreads,
        String provider,
        Optimisation optimisation,
        boolean spinning) {

    /** Threads as is cheapest, everything optimised. */
    public static final RuntimeSettings USUAL = new RuntimeSettings(0, 1, 0, "cpu", Optimisation.ALL, false);

    /** How much ONNX Runtime may change the graph before it runs it. */
    public enum Optimisation {
        NONE,
        BASIC,
        EXTENDED,
        ALL
    }

    /** The same with other threads. */
    public RuntimeSettings threads(int intra, int batch) {
        return new RuntimeSettings(intra, interThreads, batch, provider, optimisation, spinning);
    }
}
