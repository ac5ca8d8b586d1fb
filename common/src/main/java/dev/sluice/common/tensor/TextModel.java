package dev.sluice.common.tensor;

import dev.sluice.common.error.QueryException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;

/**
 * What takes and gives JSON as a model of the Open Inference Protocol: one string each, {@code input} and {@code output}. A string that
 * does not begin as JSON does is a body of any bytes, for instance a picture, and so is one of a result.
 */
public final class TextModel {

    private static final TensorSpec INPUT = new TensorSpec("input", DataType.BYTES, new long[] {1});
    private static final TensorSpec OUTPUT = new TensorSpec("output", DataType.BYTES, new long[] {1});

    /** What the tiers are told of it. */
    public static final TensorSignature SIGNATURE = new TensorSignature(List.of(INPUT), List.of(OUTPUT));

    private static final OutputCheck OUTPUTS = new OutputCheck(SIGNATURE.outputs());

    private static final String JSON = "application/json";
    private static final InferReader READER = new InferReader(UnpooledByteBufAllocator.DEFAULT);

    private final String name;
    private final String version;
    private final InferWriter writer;

    /**
     * @param name of the model, as answers say it
     * @param version likewise
     * @param allocator of the bodies of answers
     */
    public TextModel(String name, String version, ByteBufAllocator allocator) {
        this.name = name;
        this.version = version;
        this.writer = new InferWriter(allocator);
    }

    /**
     * A query of it.
     *
     * @param body nothing that has to be freed
     * @param mediaType of it
     * @param request what else was asked
     */
    public record Query(ByteBuf body, String mediaType, InferRequest request) {}

    /**
     * @param mediaType one that {@link InferMedia#isRequest}
     * @throws QueryException with {@code INVALID_INPUT} and a sentence for the caller
     */
    public static Query read(ByteBuf body, String mediaType) {
        InferRequest request = READER.read(body, mediaType, SIGNATURE.inputs());
        try {
            OUTPUTS.check(request.outputs());
            List<Tensor> inputs =
                    request.inputs().stream().map(Tensor::inADimension).toList();
            ByteBuf data =
                    new InputCheck(SIGNATURE.inputs()).inOrder(inputs).get(0).data();
            int start = data.readerIndex() + Integer.BYTES;
            byte[] text = ByteBufUtil.getBytes(data, start, data.writerIndex() - start);
            String kind = beginsAsJson(text) ? JSON : InferMedia.BINARY;
            return new Query(Unpooled.wrappedBuffer(text), kind, request.withoutInputs());
        } finally {
            request.release();
        }
    }

    private static boolean beginsAsJson(byte[] text) {
        for (byte b : text) {
            if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
                return "{[\"-0123456789tfn".indexOf(b) >= 0;
            }
        }
        return true;
    }

    /**
     * @param result not released
     * @throws QueryException where JSON is asked for and cannot hold it
     */
    public InferResult write(Query query, ByteBuf result) {
        ByteBuf length = Unpooled.buffer(Integer.BYTES).writeIntLE(result.readableBytes());
        ByteBuf data = Unpooled.wrappedBuffer(length, result.slice());
        return writer.write(
                query.request, name, version, List.of(new Tensor(OUTPUT.name(), OUTPUT.type(), new long[] {1}, data)));
    }
}
