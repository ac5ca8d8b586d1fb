package dev.sluice.host.onnx.actor;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferReader;
import dev.sluice.common.tensor.InferRequest;
import dev.sluice.common.tensor.InferRequest.Form;
import dev.sluice.common.tensor.InputCheck;
import dev.sluice.common.tensor.OutputCheck;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.host.onnx.batch.Axes;
import dev.sluice.host.onnx.batch.NotANumber;
import dev.sluice.sdk.actor.Input;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads queries of one model, and refuses what it does not take. */
final class QueryReader {

    private final InferReader reader;
    private final InputCheck check;
    private final OutputCheck outputs;
    private final LoadedModel model;
    private final @Nullable Axes axes;
    private final @Nullable ResultSize results;

    QueryReader(LoadedModel model, ModelContext context) {
        this.reader = new InferReader(context.allocator());
        this.check = new InputCheck(model.inputs());
        this.outputs = new OutputCheck(model.session().signature().outputs());
        this.model = model;
        this.axes = model.batching().axes().orElse(null);
        this.results = axes == null
                ? null
                : new ResultSize(model.session().signature().outputs(), axes, context.mostResultBytes());
    }

    /** @throws QueryException with {@code INVALID_INPUT} and a sentence for the caller */
    ModelQuery read(int index, Input input) {
        InferRequest request = reader.read(input.body(), input.mediaType(), model.inputs());
        boolean complete = false;
        try {
            boolean bare = request.form() != Form.INFER && isBare(request.inputs());
            InferRequest whole = bare ? withRows(request) : request;
            List<Tensor> inputs = check.inOrder(whole.inputs());
            if (!model.config().allowNan()) {
                inputs.forEach(NotANumber::refuse);
            }
            outputs.check(whole.outputs());
            long rows = rows(inputs);
            if (results != null) {
                results.check(whole, rows);
            }
            ModelQuery query = new ModelQuery(index, whole, inputs, rows, bare);
            complete = true;
            return query;
        } finally {
            if (!complete) {
                request.release();
            }
        }
    }

    /** Whether it lacks the batch's dimension wherever there should be one: plain JSON may be of a single row. */
    private boolean isBare(List<Tensor> tensors) {
        boolean bare = axes != null;
        for (Tensor tensor : tensors) {
            int input = position(tensor.name());
            bare &= input >= 0
                    && (axis(input) == Axes.SHARED
                            || tensor.shape().length
                                    == model.inputs().get(input).shape().length - 1);
        }
        return bare;
    }

    private InferRequest withRows(InferRequest request) {
        List<Tensor> whole = new ArrayList<>();
        for (Tensor tensor : request.inputs()) {
            int axis = axis(position(tensor.name()));
            whole.add(axis == Axes.SHARED ? tensor : tensor.as(with(tensor.shape(), axis)));
        }
        return new InferRequest(request.form(), request.id(), whole, request.outputs(), request.binary());
    }

    private static long[] with(long[] shape, int axis) {
        long[] more = Arrays.copyOf(shape, shape.length + 1);
        System.arraycopy(shape, axis, more, axis + 1, shape.length - axis);
        more[axis] = 1;
        return more;
    }

    private long rows(List<Tensor> inputs) {
        long rows = -1;
        int first = -1;
        for (int i = 0; i < inputs.size(); i++) {
            if (axis(i) == Axes.SHARED) {
                continue;
            }
            long each = inputs.get(i).shape()[axis(i)];
            if (rows >= 0 && each != rows) {
                throw new QueryException(
                        ErrorCode.INVALID_INPUT,
                        "The input '" + inputs.get(first).name() + "' has " + rows + " rows along dimension "
                                + axis(first) + ", and '" + inputs.get(i).name() + "' has " + each
                                + " along dimension " + axis(i) + ".");
            }
            rows = each;
            first = first < 0 ? i : first;
        }
        return rows < 0 ? 1 : rows;
    }

    private int axis(int input) {
        return axes == null ? Axes.SHARED : axes.inputs()[input];
    }

    private int position(String name) {
        for (int i = 0; i < model.inputs().size(); i++) {
            if (model.inputs().get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
