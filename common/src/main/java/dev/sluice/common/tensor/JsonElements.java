package dev.sluice.common.tensor;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Elements from JSON, in nested arrays or in a flat one, and the shape that the nesting gives them. */
final class JsonElements {

    private static final int UNKNOWN = -1;

    private final JsonParser json;
    private final DataType type;
    private final ByteBuf out;
    private final String name;
    private final long[] sizes = new long[Shapes.MOST_DIMENSIONS];
    private final long[] counts = new long[Shapes.MOST_DIMENSIONS];
    private int depth;
    private int elementDepth = UNKNOWN;

    private JsonElements(JsonParser json, DataType type, ByteBuf out, String name) {
        this.json = json;
        this.type = type;
        this.out = out;
        this.name = name;
        Arrays.fill(sizes, UNKNOWN);
    }

    /**
     * Appends the elements of the value at the parser.
     *
     * @return the shape by nesting; no dimension where the value is a single element
     */
    static long[] read(JsonParser json, DataType type, ByteBuf out, String name) {
        return new JsonElements(json, type, out, name).read();
    }

    private long[] read() {
        do {
            JsonToken token = json.currentToken();
            if (token == JsonToken.START_ARRAY) {
                open();
            } else if (token == JsonToken.END_ARRAY) {
                close();
            } else {
                element();
            }
        } while (depth > 0 && json.nextToken() != null);
        return Arrays.copyOf(sizes, Math.max(0, elementDepth));
    }

    private void open() {
        if (depth == Shapes.MOST_DIMENSIONS) {
            throw Invalid.input(
                    "The input '" + name + "' is nested deeper than " + Shapes.MOST_DIMENSIONS + " arrays.");
        }
        if (depth == elementDepth) {
            throw ragged();
        }
        count();
        counts[depth++] = 0;
    }

    private void close() {
        depth--;
        if (sizes[depth] == UNKNOWN) {
            sizes[depth] = counts[depth];
        } else if (sizes[depth] != counts[depth]) {
            throw ragged();
        }
        if (elementDepth == UNKNOWN) {
            // An array without anything in it: there may be no elements deeper down.
            elementDepth = depth + 1;
        }
    }

    private void element() {
        if (elementDepth == UNKNOWN) {
            elementDepth = depth;
        } else if (elementDepth != depth) {
            throw ragged();
        }
        count();
        Element.read(json, type, out, name);
    }

    private void count() {
        if (depth > 0) {
            counts[depth - 1]++;
        }
    }

    private RuntimeException ragged() {
        return Invalid.input("The arrays of the input '" + name + "' are of different lengths or depths.");
    }
}
