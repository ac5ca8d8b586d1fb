package dev.sluice.host.sql.tensor;

import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferReader;
import dev.sluice.common.tensor.InferRequest;
import dev.sluice.common.tensor.InferWriter;
import dev.sluice.common.tensor.InputCheck;
import dev.sluice.common.tensor.OutputCheck;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.common.tensor.TensorSignature;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.host.sql.file.Parameter;
import dev.sluice.host.sql.file.SqlFile;
import dev.sluice.host.sql.result.Column;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file as a model: reads queries that come as tensors. Thread-safe. */
public final class SqlModel {

    private static final InferReader READER = new InferReader(UnpooledByteBufAllocator.DEFAULT);

    private final SqlFile file;
    private final List<TensorSpec> inputs;
    private final InferWriter writer;

    /** @param allocator of the bodies of answers */
    public SqlModel(SqlFile file, ByteBufAllocator allocator) {
        this.file = file;
        this.inputs = inputs(file);
        this.writer = new InferWriter(allocator);
    }

    /**
     * What the tiers are told.
     *
     * @param columns of the result, as far as they are known
     */
    public static TensorSignature signature(SqlFile file, List<Column> columns) {
        return new TensorSignature(inputs(file), outputs(columns));
    }

    /** Of a file that reads many queries' inputs a tensor has a row for each. */
    private static List<TensorSpec> inputs(SqlFile file) {
        long rows = file.statement().readsInputs() ? -1 : 1;
        return file.parameters().stream()
                .map(parameter -> new TensorSpec(parameter.name(), TensorTypes.of(parameter.type()), new long[] {rows}))
                .toList();
    }

    private static List<TensorSpec> outputs(List<Column> columns) {
        return columns.stream()
                .map(column -> new TensorSpec(column.name(), TensorTypes.of(column), new long[] {-1}))
                .toList();
    }

    /**
     * Reads a query, but not yet its values; keeps nothing of the body.
     *
     * @param model its name, for the answer
     * @param columns of the result
     * @throws QueryException with {@code INVALID_INPUT} and a sentence for the caller
     */
    public TensorQuery read(ByteBuf body, String mediaType, String model, List<Column> columns) {
        InferRequest request = READER.read(body, mediaType, inputs);
        try {
            new OutputCheck(outputs(columns)).check(request.outputs());
            List<Tensor> tensors = new InputCheck(expected(request.inputs())).inOrder(whole(request.inputs()));
            List<InputColumn> given = new ArrayList<>();
            for (Tensor tensor : tensors) {
                given.add(InputColumn.of(parameter(tensor.name()), tensor));
            }
            return new TensorQuery(file, request.withoutInputs(), given, new Answering(model, writer));
        } finally {
            request.release();
        }
    }

    /** A scalar is as good as one in an array. */
    private static List<Tensor> whole(List<Tensor> given) {
        return given.stream().map(Tensor::inADimension).toList();
    }

    /** All, but for those that may be left out and are; where there is an unknown one, all: the refusal names them. */
    private List<TensorSpec> expected(List<Tensor> given) {
        List<String> names = given.stream().map(Tensor::name).toList();
        boolean known = names.stream()
                .allMatch(name -> inputs.stream().anyMatch(spec -> spec.name().equals(name)));
        return inputs.stream()
                .filter(spec -> !known
                        || names.contains(spec.name())
                        || !parameter(spec.name()).optional())
                .toList();
    }

    private Parameter parameter(String name) {
        Optional<Parameter> found = file.parameters().stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst();
        return found.orElseThrow();
    }

    /** As what a query is answered. */
    record Answering(String model, InferWriter writer) {}
}
