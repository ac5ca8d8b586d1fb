package dev.sluice.frontend.query;

import dev.sluice.common.tensor.InferReader;
import dev.sluice.common.tensor.InferRequest;
import dev.sluice.common.tensor.InferResult;
import dev.sluice.common.tensor.InferWriter;
import dev.sluice.common.tensor.InputCheck;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.common.tensor.TensorSpec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;

/** What models answer. */
public final class FakeModels {

    private FakeModels() {}

    /** Reads, checks and answers as a host would. */
    public static Flux<Answer> answer(
            FakeGateway gateway, QueryCall call, TensorSpec in, UnaryOperator<Tensor> change) {
        InferRequest request =
                new InferReader(UnpooledByteBufAllocator.DEFAULT).read(call.body(), call.mediaType(), List.of(in));
        InferResult result;
        try {
            Tensor input = new InputCheck(List.of(in)).inOrder(request.inputs()).get(0);
            result = new InferWriter(UnpooledByteBufAllocator.DEFAULT)
                    .write(request, call.actor(), "3", List.of(change.apply(input)));
        } finally {
            request.release();
        }
        byte[] body = ByteBufUtil.getBytes(result.body());
        result.body().release();
        return gateway.answer(body, result.mediaType());
    }

    public static Tensor named(String name, Tensor tensor) {
        return new Tensor(name, tensor.type(), tensor.shape(), tensor.data());
    }

    /** Of 64-bit numbers. */
    public static Tensor plusOne(Tensor tensor) {
        ByteBuf data = tensor.data();
        ByteBuf sums = Unpooled.buffer(data.readableBytes());
        for (int at = data.readerIndex(); at < data.writerIndex(); at += Long.BYTES) {
            sums.writeLongLE(data.getLongLE(at) + 1);
        }
        return new Tensor(tensor.name(), tensor.type(), tensor.shape(), sums);
    }
}
