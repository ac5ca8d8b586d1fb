package dev.sluice.host.onnx.session;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import dev.sluice.common.tensor.DataType;
import dev.sluice.sdk.actor.InvalidActorException;

/** ONNX's element types and the wire's. */
final class ElementTypes {

    private ElementTypes() {}

    /** @throws InvalidActorException where the wire has none like it */
    static DataType wire(TensorInfo info, String name) {
        return wire(info.onnxType, name);
    }

    private static DataType wire(OnnxTensorType type, String name) {
        return switch (type) {
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL -> DataType.BOOL;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> DataType.UINT8;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16 -> DataType.UINT16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32 -> DataType.UINT32;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64 -> DataType.UINT64;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> DataType.INT8;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16 -> DataType.INT16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> DataType.INT32;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> DataType.INT64;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16 -> DataType.FP16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> DataType.FP32;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> DataType.FP64;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16 -> DataType.BF16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING -> DataType.BYTES;
            default ->
                throw new InvalidActorException("'" + name + "' has elements of the ONNX type " + type
                        + ", which cannot travel in queries and results.");
        };
    }

    /** What a value of a sequence or map is, of which ONNX Runtime tells the Java type only. */
    static DataType wire(OnnxJavaType type, String name) {
        return wire(OnnxTensorType.mapFromJavaType(type), name);
    }

    /** The type that ONNX Runtime is told; of unsigned numbers the signed one of their size. */
    static OnnxJavaType java(DataType type) {
        return switch (type) {
            case BOOL -> OnnxJavaType.BOOL;
            case UINT8 -> OnnxJavaType.UINT8;
            case INT8 -> OnnxJavaType.INT8;
            case INT16, UINT16 -> OnnxJavaType.INT16;
            case INT32, UINT32 -> OnnxJavaType.INT32;
            case INT64, UINT64 -> OnnxJavaType.INT64;
            case FP16 -> OnnxJavaType.FLOAT16;
            case FP32 -> OnnxJavaType.FLOAT;
            case FP64 -> OnnxJavaType.DOUBLE;
            case BF16 -> OnnxJavaType.BFLOAT16;
            case BYTES -> OnnxJavaType.STRING;
        };
    }

    /** Whether ONNX Runtime's Java side cannot make tensors of this type by itself. */
    static boolean unsigned(DataType type) {
        return type == DataType.UINT16 || type == DataType.UINT32 || type == DataType.UINT64;
    }
}
