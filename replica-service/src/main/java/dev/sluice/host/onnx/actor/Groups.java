package dev.sluice.host.onnx.actor;

import dev.sluice.common.tensor.Tensor;
import dev.sluice.host.onnx.batch.Axes;
import dev.sluice.host.onnx.batch.Batching;
import dev.sluice.host.onnx.settings.ModelConfig;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which queries of a batch are computed together: those of the same shape that agree on the inputs that they share. */
final class Groups {

    /** Buffers are equal where their bytes are. */
    private record Key(List<Long> sizes, List<ByteBuf> shared) {}

    /** Of a part: it is in memory twice while it is computed. */
    private static final long MOST_ELEMENTS = 8L << 20;

    private Groups() {}

    static List<List<ModelQuery>> of(List<ModelQuery> queries, LoadedModel model) {
        Batching batching = model.batching();
        List<List<ModelQuery>> groups = new ArrayList<>();
        if (batching.axes().isEmpty()) {
            queries.forEach(query -> groups.add(List.of(query)));
            return groups;
        }
        Map<Key, List<ModelQuery>> alike = new LinkedHashMap<>();
        for (ModelQuery query : queries) {
            alike.computeIfAbsent(key(query, batching.axes().get(), model.config()), key -> new ArrayList<>())
                    .add(query);
        }
        alike.values().forEach(group -> cut(group, model.division(), groups));
        return groups;
    }

    static void cut(List<ModelQuery> group, Division division, List<List<ModelQuery>> groups) {
        long most = division.rows(group.stream().mapToLong(ModelQuery::rows).sum());
        long mostElements = Math.min(division.portion().elements(), MOST_ELEMENTS);
        List<ModelQuery> part = new ArrayList<>();
        long rows = 0;
        long largest = 0;
        for (ModelQuery query : group) {
            // Where queries are padded, all of a part are as large as its largest.
            long row = query.elements() / Math.max(1, query.rows());
            boolean more = rows + query.rows() > most || (rows + query.rows()) * Math.max(largest, row) > mostElements;
            if (!part.isEmpty() && more) {
                groups.add(part);
                part = new ArrayList<>();
                rows = 0;
                largest = 0;
            }
            part.add(query);
            rows += query.rows();
            largest = Math.max(largest, row);
        }
        groups.add(part);
    }

    private static Key key(ModelQuery query, Axes axes, ModelConfig config) {
        List<Long> sizes = new ArrayList<>();
        List<ByteBuf> shared = new ArrayList<>();
        for (int i = 0; i < query.inputs().size(); i++) {
            Tensor input = query.inputs().get(i);
            int axis = axes.inputs()[i];
            int padded =
                    config.input(input.name()).pad().map(pad -> pad.dimension()).orElse(-1);
            for (int d = 0; d < input.shape().length; d++) {
                sizes.add(d == axis || d == padded && axis != Axes.SHARED ? -1 : input.shape()[d]);
            }
            if (axis == Axes.SHARED) {
                shared.add(input.data());
            }
        }
        return new Key(sizes, shared);
    }
}
