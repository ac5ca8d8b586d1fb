package dev.sluice.host.onnx.batch;

import dev.sluice.common.tensor.Shapes;
import dev.sluice.common.tensor.Tensor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/** Tensors one after the other along a dimension, which need not be the first. Every result is memory of its own. */
public final class Stacks {

    private final ByteBufAllocator allocator;

    public Stacks(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** @param parts that have the same shape but for this dimension; one at least */
    public Tensor stack(List<Tensor> parts, int dimension) {
        Tensor first = parts.get(0);
        long[] shape = first.shape().clone();
        shape[dimension] = 0;
        List<Elements> elements = new ArrayList<>(parts.size());
        int bytes = 0;
        for (Tensor part : parts) {
            shape[dimension] += part.shape()[dimension];
            elements.add(new Elements(part));
            bytes = Math.addExact(bytes, part.data().readableBytes());
        }
        ByteBuf out = memory(bytes);
        long blocks = Shapes.elements(shape, 0, dimension);
        for (long block = 0; block < blocks; block++) {
            for (int i = 0; i < parts.size(); i++) {
                long[] each = parts.get(i).shape();
                long length = Shapes.elements(each, dimension, each.length);
                elements.get(i).copy(block * length, (block + 1) * length, out);
            }
        }
        return new Tensor(first.name(), first.type(), shape, out);
    }

    /** The part of a tensor that lies along a dimension from one place to before another. */
    public Tensor slice(Tensor whole, int dimension, long from, long to) {
        long[] shape = whole.shape().clone();
        long inner = Shapes.elements(shape, dimension + 1, shape.length);
        long length = inner * shape[dimension];
        shape[dimension] = to - from;
        Elements elements = new Elements(whole);
        long blocks = Shapes.elements(shape, 0, dimension);
        int bytes = 0;
        for (long block = 0; block < blocks; block++) {
            bytes += elements.bytes(block * length + from * inner, block * length + to * inner);
        }
        ByteBuf out = memory(bytes);
        for (long block = 0; block < blocks; block++) {
            elements.copy(block * length + from * inner, block * length + to * inner, out);
        }
        return new Tensor(whole.name(), whole.type(), shape, out);
    }

    /** The same in memory of its own. */
    public Tensor copy(Tensor tensor) {
        ByteBuf data = tensor.data();
        ByteBuf out = memory(data.readableBytes()).writeBytes(data, data.readerIndex(), data.readableBytes());
        return new Tensor(tensor.name(), tensor.type(), tensor.shape(), out);
    }

    /** Filled up with a value to a size along a dimension. */
    public Tensor pad(Tensor tensor, int dimension, long size, double value) {
        long[] shape = tensor.shape().clone();
        long inner = Shapes.elements(shape, dimension + 1, shape.length);
        long length = inner * shape[dimension];
        long missing = inner * (size - shape[dimension]);
        long blocks = Shapes.elements(shape, 0, dimension);
        shape[dimension] = size;
        Elements elements = new Elements(tensor);
        ByteBuf out = memory(tensor.data().readableBytes());
        for (long block = 0; block < blocks; block++) {
            elements.copy(block * length, (block + 1) * length, out);
            for (long i = 0; i < missing; i++) {
                Values.write(out, tensor.type(), value);
            }
        }
        return new Tensor(tensor.name(), tensor.type(), shape, out);
    }

    /** One byte at least: ONNX Runtime takes no address of nothing. */
    private ByteBuf memory(int bytes) {
        return allocator.directBuffer(Math.max(1, bytes));
    }
}
