package dev.sluice.host.onnx.batch;

import java.util.Optional;

/**
 * Whether queries can be computed together, and how.
 *
 * @param axes where queries lie in a batch; empty where each is computed by itself
 * @param mostRows that are computed together
 * @param why each is computed by itself, a clause for people; empty where that is not so
 */
public record Batching(Optional<Axes> axes, int mostRows, String why) {

    static Batching along(Axes axes, int mostRows) {
        return new Batching(Optional.of(axes), mostRows, "");
    }

    static Batching none(String why) {
        return new Batching(Optional.empty(), 1, why);
    }
}
