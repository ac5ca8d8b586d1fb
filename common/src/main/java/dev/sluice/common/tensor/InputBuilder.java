package dev.sluice.common.tensor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.util.TokenBuffer;

/** One element of "inputs": its members may come in any order, and the data can be read once the type is known. */
final class InputBuilder {

    /** Elements that are kept as objects, until it is known what they are. */
    private static final int MOST_EARLY = 100_000;

    private final ByteBufAllocator allocator;
    private @Nullable String name;
    private @Nullable DataType type;
    private long @Nullable [] shape;
    private @Nullable TokenBuffer early;
    private @Nullable ByteBuf elements;
    private long[] nesting = {};
    private int binarySize = -1;

    InputBuilder(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Of the object that the parser has just entered. */
    void read(JsonParser json) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String member = json.currentName();
            json.nextToken();
            switch (member) {
                case "name" -> name = text(json, "name");
                case "datatype" -> type = type(text(json, "datatype"));
                case "shape" -> shape = shape(json);
                case "data" -> data(json);
                case "parameters" -> binarySize = BinaryParameters.of(json).dataSize(shownName());
                default ->
                    throw Invalid.input("The input '" + shownName() + "' has an unknown member \"" + member
                            + "\"; there are name, datatype, shape, data and parameters.");
            }
        }
    }

    private void data(JsonParser json) {
        DataType known = type;
        if (known == null || name == null) {
            early = kept(json);
        } else {
            readElements(json, known);
        }
    }

    private TokenBuffer kept(JsonParser json) {
        TokenBuffer kept = TokenBuffer.forGeneration();
        int depth = 0;
        int tokens = 0;
        do {
            JsonToken token = json.currentToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (++tokens > MOST_EARLY) {
                throw Invalid.input("An input has more than " + MOST_EARLY
                        + " elements before its name and datatype: write \"data\" after these.");
            }
            kept.copyCurrentEvent(json);
        } while (depth > 0 && json.nextToken() != null);
        return kept;
    }

    private void readElements(JsonParser json, DataType known) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw Invalid.input("The data of the input '" + shownName() + "' is no array.");
        }
        ByteBuf out = allocator.directBuffer();
        elements = out;
        nesting = JsonElements.read(json, known, out, shownName());
    }

    /**
     * @param binary what is left of the binary data; the tensor takes its part
     * @throws dev.sluice.common.error.QueryException where something is missing or does not go together
     */
    Tensor build(ByteBuf binary) {
        String as = required(name, "name");
        DataType of = required(type, "datatype");
        long[] in = required(shape, "shape");
        if (early != null) {
            try (JsonParser kept = early.asParser()) {
                kept.nextToken();
                readElements(kept, of);
            }
        }
        ByteBuf data = elements;
        if (data == null) {
            return binary(as, of, in, binary);
        }
        if (binarySize >= 0) {
            throw Invalid.input("The input '" + as + "' has both data and binary_data_size.");
        }
        checkNesting(as, in);
        elements = null;
        return new Tensor(as, of, in, data);
    }

    private Tensor binary(String as, DataType of, long[] in, ByteBuf binary) {
        if (binarySize < 0) {
            throw Invalid.input("The input '" + as + "' has neither data nor binary_data_size.");
        }
        if (binarySize > binary.readableBytes()) {
            throw Invalid.input("The binary data is truncated: the input '" + as + "' has " + binarySize
                    + " bytes, and there are " + binary.readableBytes() + ".");
        }
        Tensor tensor = new Tensor(as, of, in, binary.readRetainedSlice(binarySize));
        try {
            BinaryElements.check(tensor);
            return tensor;
        } catch (RuntimeException e) {
            tensor.release();
            throw e;
        }
    }

    /** Flat data is as good as nested, as the protocol has it. */
    private void checkNesting(String as, long[] in) {
        long given = Shapes.elements(nesting);
        boolean flat = nesting.length == 1 && given == Shapes.elements(in);
        if (!flat && !Arrays.equals(nesting, in)) {
            throw Invalid.input("The input '" + as + "' has the shape " + Shapes.text(in) + ", and its data that of "
                    + Shapes.text(nesting) + ".");
        }
    }

    void release() {
        if (elements != null) {
            elements.release();
            elements = null;
        }
    }

    private <T> T required(@Nullable T value, String member) {
        return Optional.ofNullable(value)
                .orElseThrow(() -> Invalid.input("The input '" + shownName() + "' has no " + member + "."));
    }

    private String shownName() {
        return name == null ? "?" : name;
    }

    private static String text(JsonParser json, String member) {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw Invalid.input("The " + member + " of an input is no string.");
        }
        return json.getString();
    }

    private DataType type(String text) {
        return DataType.of(text)
                .orElseThrow(() -> Invalid.input("The input '" + shownName() + "' has the datatype \"" + text
                        + "\"; there are " + List.of(DataType.values()) + "."));
    }

    private long[] shape(JsonParser json) {
        List<Long> sizes = new ArrayList<>();
        boolean sound = json.currentToken() == JsonToken.START_ARRAY;
        while (sound && json.nextToken() != JsonToken.END_ARRAY) {
            sound = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && json.getNumberType() == JsonParser.NumberType.INT
                    && json.getIntValue() >= 0
                    && sizes.size() < Shapes.MOST_DIMENSIONS;
            if (sound) {
                sizes.add(json.getLongValue());
            }
        }
        if (!sound) {
            throw Invalid.input("The shape of the input '" + shownName() + "' is not an array of at most "
                    + Shapes.MOST_DIMENSIONS + " sizes, each 0 or more.");
        }
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }
}
