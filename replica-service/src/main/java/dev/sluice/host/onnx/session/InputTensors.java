package dev.sluice.host.onnx.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.Tensor;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Tensors of the wire as ONNX Runtime takes them, over the same memory. */
final class InputTensors {

    private InputTensors() {}

    /** @param tensor in direct memory, which must not be freed before the scope is closed */
    static OnnxTensor of(Tensor tensor, NativeScope scope) throws OrtException {
        OrtEnvironment environment = Environment.get();
        if (tensor.type() == DataType.BYTES) {
            String[] strings = strings(tensor);
            return scope.tensor(() -> OnnxTensor.createTensor(environment, strings, tensor.shape()));
        }
        ByteBuffer memory = memory(tensor.data());
        OnnxTensor made = scope.tensor(
                () -> OnnxTensor.createTensor(environment, memory, tensor.shape(), ElementTypes.java(tensor.type())));
        return ElementTypes.unsigned(tensor.type()) ? UnsignedTensors.of(made, tensor.type(), scope) : made;
    }

    static ByteBuffer memory(ByteBuf data) {
        return data.nioBuffer(data.readerIndex(), data.readableBytes()).order(ByteOrder.nativeOrder());
    }

    private static String[] strings(Tensor tensor) {
        String[] strings = new String[Math.toIntExact(tensor.elements())];
        ByteBuf data = tensor.data();
        int at = data.readerIndex();
        for (int i = 0; i < strings.length; i++) {
            int length = data.getIntLE(at);
            strings[i] = data.toString(at + Integer.BYTES, length, StandardCharsets.UTF_8);
            at += Integer.BYTES + length;
        }
        return strings;
    }
}
