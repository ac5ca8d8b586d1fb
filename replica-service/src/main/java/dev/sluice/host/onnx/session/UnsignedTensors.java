package dev.sluice.host.onnx.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sluice.common.tensor.DataType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tensors of UINT16, UINT32 and UINT64, which ONNX Runtime knows and its Java side cannot make: made by a model of one operator, Cast,
 * out of signed ones with the same bits. Its three sessions live as long as the process.
 */
final class UnsignedTensors {

    private static final Map<DataType, OrtSession> CASTS = new ConcurrentHashMap<>();

    private UnsignedTensors() {}

    static OnnxTensor of(OnnxTensor signed, DataType type, NativeScope scope) throws OrtException {
        OrtSession cast = cast(type);
        OrtSession.Result result = scope.result(() -> cast.run(Map.of("x", signed)));
        return (OnnxTensor) result.get(0);
    }

    private static OrtSession cast(DataType type) throws OrtException {
        OrtSession known = CASTS.get(type);
        if (known != null) {
            return known;
        }
        synchronized (CASTS) {
            OrtSession made = CASTS.get(type);
            if (made == null) {
                try (OrtSession.SessionOptions options = SessionOptions.of(
                        new RuntimeSettings(1, 1, 1, "cpu", RuntimeSettings.Optimisation.NONE, false))) {
                    made = Environment.get().createSession(model(type), options);
                }
                CASTS.put(type, made);
            }
            return made;
        }
    }

    /** The numbers of fields and types are of onnx.proto. */
    private static byte[] model(DataType type) {
        int to = type == DataType.UINT16 ? 4 : type == DataType.UINT32 ? 12 : 13;
        int from = type == DataType.UINT16 ? 5 : type == DataType.UINT32 ? 6 : 7;
        Protobuf attribute = new Protobuf().text(1, "to").number(3, to).number(20, 2);
        Protobuf node = new Protobuf().text(1, "x").text(2, "y").text(4, "Cast").message(5, attribute);
        Protobuf graph = new Protobuf()
                .message(1, node)
                .text(2, "cast")
                .message(11, tensor("x", from))
                .message(12, tensor("y", to));
        return new Protobuf()
                .number(1, 8)
                .message(7, graph)
                .message(8, new Protobuf().text(1, "").number(2, 13))
                .toBytes();
    }

    private static Protobuf tensor(String name, int type) {
        return new Protobuf().text(1, name).message(2, new Protobuf().message(1, new Protobuf().number(1, type)));
    }
}
