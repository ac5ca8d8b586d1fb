package dev.sluice.host.onnx.session;

/**
 * How a model is run.
 *
 * @param intraThreads that work on one operator; 0: one for each processor
 * @param interThreads that work on operators side by side; 1: one after the other
 * @param provider of the operators, as ONNX Runtime names it in lower case: {@code cpu}, {@code cuda}
 * @param optimisation of the graph: {@code none}, {@code basic}, {@code extended} or {@code all}
 * @param spinning whether threads that wait for work keep their processor busy: quicker where a model has processors for itself
 */
public record RuntimeSettings(
        int intraThreads, int interThreads, String provider, Optimisation optimisation, boolean spinning) {

    /** One thread for each processor, everything optimised. */
    public static final RuntimeSettings USUAL = new RuntimeSettings(0, 1, "cpu", Optimisation.ALL, false);

    /** How much ONNX Runtime may change the graph before it runs it. */
    public enum Optimisation {
        NONE,
        BASIC,
        EXTENDED,
        ALL
    }
}
