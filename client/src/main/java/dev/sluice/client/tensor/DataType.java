package dev.sluice.client.tensor;

import java.util.Optional;

/** The element types of the Open Inference Protocol, version 2. */
public enum DataType {
    BOOL(1),
    UINT8(1),
    UINT16(2),
    UINT32(4),
    UINT64(8),
    INT8(1),
    INT16(2),
    INT32(4),
    INT64(8),
    FP16(2),
    FP32(4),
    FP64(8),
    BF16(2),
    /** Strings of any bytes; on the wire each is its length, a UINT32, and its bytes. */
    BYTES(0);

    private final int size;

    DataType(int size) {
        this.size = size;
    }

    /** Bytes of one element; 0 of {@link #BYTES}, whose elements differ. */
    public int size() {
        return size;
    }

    /** The type of this name, as the protocol writes it. */
    public static Optional<DataType> of(String name) {
        for (DataType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
