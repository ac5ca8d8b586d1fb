package dev.sluice.host.onnx.session;

import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.Tensor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What ONNX Runtime gives, as tensors of the wire. */
final class OutputTensors {

    /** After the name of an output that is a map: the output of its keys. */
    static final String KEYS = ".keys";

    private final ByteBufAllocator allocator;

    OutputTensors(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Appends the tensors of one output. */
    void add(String name, OnnxValue value, List<Tensor> tensors, NativeScope scope) throws OrtException {
        if (value instanceof OnnxTensor tensor) {
            tensors.add(tensor(name, tensor));
        } else if (value instanceof OnnxMap map) {
            maps(name, List.of(map), tensors);
        } else if (value instanceof OnnxSequence sequence) {
            sequence(name, sequence, tensors, scope);
        } else {
            throw new OrtException("The output '" + name + "' is of a kind that cannot travel: " + value.getType());
        }
    }

    private void sequence(String name, OnnxSequence sequence, List<Tensor> tensors, NativeScope scope)
            throws OrtException {
        List<OnnxMap> maps = new ArrayList<>();
        List<OnnxTensor> parts = new ArrayList<>();
        for (OnnxValue each : sequence.getValue()) {
            scope.value(each);
            if (each instanceof OnnxMap map) {
                maps.add(map);
            } else {
                parts.add((OnnxTensor) each);
            }
        }
        if (maps.isEmpty()) {
            tensors.add(stacked(name, parts));
        } else {
            maps(name, maps, tensors);
        }
    }

    /** A row for each map and a column for each key, in the order of the keys. */
    private void maps(String name, List<OnnxMap> maps, List<Tensor> tensors) throws OrtException {
        List<TreeMap<Object, Object>> rows = new ArrayList<>();
        for (OnnxMap map : maps) {
            rows.add(new TreeMap<>(map.getValue()));
        }
        int columns = rows.get(0).size();
        if (rows.stream().anyMatch(row -> row.size() != columns)) {
            throw new OrtException("The maps of the output '" + name + "' have different numbers of keys.");
        }
        long[] shape = {rows.size(), columns};
        DataType values = ElementTypes.wire(maps.get(0).getInfo().valueType, name);
        DataType keys = ElementTypes.wire(maps.get(0).getInfo().keyType, name);
        ByteBuf valueData = allocator.directBuffer();
        ByteBuf keyData = allocator.directBuffer();
        for (Map<Object, Object> row : rows) {
            row.forEach((key, value) -> {
                write(keyData, key);
                write(valueData, value);
            });
        }
        tensors.add(new Tensor(name, values, shape, valueData));
        tensors.add(new Tensor(name + KEYS, keys, shape, keyData));
    }

    /** In front of the dimensions of its tensors one for their number. */
    private Tensor stacked(String name, List<OnnxTensor> parts) throws OrtException {
        if (parts.isEmpty()) {
            return new Tensor(name, DataType.FP32, new long[] {0}, allocator.directBuffer(1));
        }
        long[] each = parts.get(0).getInfo().getShape();
        long[] shape = new long[each.length + 1];
        shape[0] = parts.size();
        System.arraycopy(each, 0, shape, 1, each.length);
        ByteBuf data = allocator.directBuffer();
        for (OnnxTensor part : parts) {
            if (!Arrays.equals(each, part.getInfo().getShape())) {
                data.release();
                throw new OrtException("The tensors of the output '" + name + "', a sequence, have different shapes.");
            }
            Tensor read = tensor(name, part);
            data.writeBytes(read.data());
            read.release();
        }
        return new Tensor(name, ElementTypes.wire(parts.get(0).getInfo(), name), shape, data);
    }

    private Tensor tensor(String name, OnnxTensor tensor) throws OrtException {
        TensorInfo info = tensor.getInfo();
        DataType type = ElementTypes.wire(info, name);
        if (type == DataType.BYTES) {
            ByteBuf data = allocator.directBuffer();
            strings(tensor.getValue(), data);
            return new Tensor(name, type, info.getShape(), data);
        }
        ByteBuffer copy = tensor.getByteBuffer();
        ByteBuf data = allocator.directBuffer(Math.max(1, copy.remaining()));
        data.writeBytes(copy);
        return new Tensor(name, type, info.getShape(), data);
    }

    private static void strings(Object value, ByteBuf data) {
        if (value instanceof Object[] several) {
            for (Object each : several) {
                strings(each, data);
            }
        } else {
            write(data, value);
        }
    }

    private static void write(ByteBuf data, Object value) {
        if (value instanceof String text) {
            int at = data.writerIndex();
            data.writeIntLE(0);
            data.setIntLE(at, ByteBufUtil.writeUtf8(data, text));
        } else if (value instanceof Long number) {
            data.writeLongLE(number);
        } else if (value instanceof Float number) {
            data.writeFloatLE(number);
        } else if (value instanceof Double number) {
            data.writeDoubleLE(number);
        } else {
            throw new IllegalStateException("a map of " + value.getClass());
        }
    }
}
