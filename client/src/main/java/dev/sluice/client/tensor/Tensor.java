package dev.sluice.client.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A named array of elements of one type, row by row. Where a factory takes a shape and is given none, it is one dimension of as many
 * elements as there are. Immutable, as long as nobody writes into a buffer that it was made of.
 */
public final class Tensor {

    private final String name;
    private final DataType type;
    private final long[] shape;
    private final ByteBuffer data;

    private Tensor(String name, DataType type, long[] shape, ByteBuffer data) {
        this.name = Objects.requireNonNull(name, "A tensor has a name; the default of Java methods is \"input\".");
        this.type = type;
        this.shape = shape;
        this.data = data;
        Elements.check(this);
    }

    /**
     * The bytes between the buffer's position and its limit, not copied: direct buffers go to the socket as they are.
     *
     * @param data little-endian; BYTES as the protocol writes them
     * @throws IllegalArgumentException where the bytes are not as many elements as the shape says
     */
    public static Tensor of(String name, DataType type, ByteBuffer data, long... shape) {
        ByteBuffer own = data.slice().asReadOnlyBuffer();
        return new Tensor(name, type, orOneDimension(shape, () -> Elements.count(type, own)), own);
    }

    public static Tensor bool(String name, boolean[] values, long... shape) {
        ByteBuffer data = ByteBuffer.allocate(values.length);
        for (boolean value : values) {
            data.put((byte) (value ? 1 : 0));
        }
        return filled(name, DataType.BOOL, data.flip(), shape);
    }

    public static Tensor uint8(String name, byte[] values, long... shape) {
        return filled(name, DataType.UINT8, ByteBuffer.wrap(values.clone()), shape);
    }

    public static Tensor int8(String name, byte[] values, long... shape) {
        return filled(name, DataType.INT8, ByteBuffer.wrap(values.clone()), shape);
    }

    public static Tensor int16(String name, short[] values, long... shape) {
        ByteBuffer data = room(DataType.INT16, values.length);
        data.asShortBuffer().put(values);
        return filled(name, DataType.INT16, data, shape);
    }

    public static Tensor int32(String name, int[] values, long... shape) {
        ByteBuffer data = room(DataType.INT32, values.length);
        data.asIntBuffer().put(values);
        return filled(name, DataType.INT32, data, shape);
    }

    public static Tensor int64(String name, long[] values, long... shape) {
        ByteBuffer data = room(DataType.INT64, values.length);
        data.asLongBuffer().put(values);
        return filled(name, DataType.INT64, data, shape);
    }

    public static Tensor fp32(String name, float[] values, long... shape) {
        ByteBuffer data = room(DataType.FP32, values.length);
        data.asFloatBuffer().put(values);
        return filled(name, DataType.FP32, data, shape);
    }

    public static Tensor fp64(String name, double[] values, long... shape) {
        ByteBuffer data = room(DataType.FP64, values.length);
        data.asDoubleBuffer().put(values);
        return filled(name, DataType.FP64, data, shape);
    }

    /** BYTES of texts in UTF-8. */
    public static Tensor strings(String name, List<String> values, long... shape) {
        return bytes(
                name,
                values.stream()
                        .map(value -> value.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                shape);
    }

    /** BYTES, each element an array. */
    public static Tensor bytes(String name, List<byte[]> values, long... shape) {
        long size = values.stream()
                .mapToLong(value -> Integer.BYTES + (long) value.length)
                .sum();
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "The tensor '" + name + "' would have " + size + " bytes, and has at most 2 GB.");
        }
        ByteBuffer data = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(value -> data.putInt(value.length).put(value));
        return new Tensor(
                name,
                DataType.BYTES,
                orOneDimension(shape, values::size),
                data.flip().asReadOnlyBuffer());
    }

    private static ByteBuffer room(DataType type, int elements) {
        return ByteBuffer.allocate(Math.multiplyExact(elements, type.size())).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Tensor filled(String name, DataType type, ByteBuffer data, long... shape) {
        return of(name, type, data, shape);
    }

    private static long[] orOneDimension(long[] shape, java.util.function.LongSupplier elements) {
        return shape.length == 0 ? new long[] {elements.getAsLong()} : shape.clone();
    }

    public String name() {
        return name;
    }

    public DataType type() {
        return type;
    }

    public long[] shape() {
        return shape.clone();
    }

    /** The elements as the protocol writes them, little-endian and read-only; a view of its own for each caller. */
    public ByteBuffer data() {
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    public boolean[] booleans() {
        require("booleans()", DataType.BOOL);
        boolean[] values = new boolean[data.remaining()];
        for (int i = 0; i < values.length; i++) {
            values[i] = data.get(i) != 0;
        }
        return values;
    }

    /** Of one byte each, signed as Java's are. */
    public byte[] bytes() {
        require("bytes()", DataType.INT8, DataType.UINT8);
        byte[] values = new byte[data.remaining()];
        data().get(values);
        return values;
    }

    /** Of two bytes each, the bits of FP16 and BF16 too, signed as Java's are. */
    public short[] shorts() {
        require("shorts()", DataType.INT16, DataType.UINT16, DataType.FP16, DataType.BF16);
        short[] values = new short[data.remaining() / Short.BYTES];
        data().asShortBuffer().get(values);
        return values;
    }

    /** Signed as Java's are. */
    public int[] ints() {
        require("ints()", DataType.INT32, DataType.UINT32);
        int[] values = new int[data.remaining() / Integer.BYTES];
        data().asIntBuffer().get(values);
        return values;
    }

    /** Signed as Java's are. */
    public long[] longs() {
        require("longs()", DataType.INT64, DataType.UINT64);
        long[] values = new long[data.remaining() / Long.BYTES];
        data().asLongBuffer().get(values);
        return values;
    }

    public float[] floats() {
        require("floats()", DataType.FP32);
        float[] values = new float[data.remaining() / Float.BYTES];
        data().asFloatBuffer().get(values);
        return values;
    }

    public double[] doubles() {
        require("doubles()", DataType.FP64);
        double[] values = new double[data.remaining() / Double.BYTES];
        data().asDoubleBuffer().get(values);
        return values;
    }

    /** The elements of BYTES. */
    public List<byte[]> byteArrays() {
        require("byteArrays()", DataType.BYTES);
        List<byte[]> values = new ArrayList<>();
        ByteBuffer rest = data();
        while (rest.hasRemaining()) {
            byte[] value = new byte[rest.getInt()];
            rest.get(value);
            values.add(value);
        }
        return values;
    }

    /** The elements of BYTES as texts in UTF-8. */
    public List<String> strings() {
        return byteArrays().stream()
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .toList();
    }

    private void require(String reader, DataType... types) {
        if (!Arrays.asList(types).contains(type)) {
            throw new IllegalStateException(
                    this + " is read with " + Elements.reader(type) + ", or with data(), not with " + reader + ".");
        }
    }

    @Override
    public String toString() {
        return "The tensor '" + name + "', " + type + Arrays.toString(shape) + ",";
    }
}
