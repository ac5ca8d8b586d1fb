package dev.sluice.sdk.codec;

import dev.sluice.sdk.Content;
import io.netty.buffer.ByteBufAllocator;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Optional;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Readers and writers for Java types, made once when an actor is loaded. */
public final class Codecs {

    private final ByteBufAllocator allocator;
    private final JsonMapper json;
    private final Mappable mappable;

    /** @param allocator of the bodies of results */
    public Codecs(ByteBufAllocator allocator) {
        this(allocator, StrictJson.plain());
    }

    /** @param json knows the user's own serializers and modules; how strictly numbers are read is not taken from it */
    public Codecs(ByteBufAllocator allocator, JsonMapper json) {
        this.allocator = allocator;
        this.json = StrictJson.strict(json);
        this.mappable = new Mappable(this.json);
    }

    /** Of the bodies of results. */
    public ByteBufAllocator allocator() {
        return allocator;
    }

    /** Reads and writes as the readers and writers here do. */
    public JsonMapper json() {
        return json;
    }

    /**
     * A reader for inputs of this type.
     *
     * @throws IllegalArgumentException where none can be made; the message is a clause without a full stop that says why
     */
    public InputReader reader(Type type) {
        refuse(GenericTypes.vague(type));
        if (type == Content.class) {
            return new BytesReader.OfContent();
        }
        JavaType javaType = json.constructType(type);
        refuse(mappable.inputProblem(javaType));
        return reader(javaType.getRawClass(), json.readerFor(javaType), GenericTypes.name(type));
    }

    /**
     * A writer for results of this type. The type may be vague: then each value is written as what it is.
     *
     * @throws IllegalArgumentException as {@link #reader}
     */
    public ResultWriter writer(Type type) {
        if (type == Content.class) {
            return BytesWriter.CONTENT;
        }
        if (type == byte[].class) {
            return BytesWriter.BYTES;
        }
        JavaType javaType = json.constructType(type);
        refuse(mappable.outputProblem(javaType));
        Class<?> raw = javaType.getRawClass();
        ScalarWriter scalar = ScalarWriter.of(raw, allocator);
        if (scalar != null) {
            return scalar;
        }
        if (raw == String.class) {
            return new StringWriter(json.writerFor(String.class), allocator);
        }
        if (raw == Object.class) {
            return new DynamicWriter(json.writer(), allocator);
        }
        return new JsonWriter(declared(javaType) ? json.writerFor(javaType) : json.writer(), allocator);
    }

    /** Whether the declared type says all, or more than a value does (as the type names of its elements do). */
    private boolean declared(JavaType type) {
        return type.isContainerType()
                || type.isReferenceType()
                || Modifier.isFinal(type.getRawClass().getModifiers())
                || json._serializationContext().findTypeSerializer(type) != null;
    }

    private static InputReader reader(Class<?> raw, ObjectReader reader, String name) {
        if (raw == long.class || raw == Long.class) {
            return new WholeNumberReader(reader, name, WholeNumberReader.Kind.LONG);
        }
        if (raw == int.class || raw == Integer.class) {
            return new WholeNumberReader(reader, name, WholeNumberReader.Kind.INT);
        }
        if (raw == short.class || raw == Short.class) {
            return new WholeNumberReader(reader, name, WholeNumberReader.Kind.SHORT);
        }
        if (raw == double.class || raw == Double.class) {
            return new FractionReader(reader, name);
        }
        if (raw == float.class || raw == boolean.class) {
            return new SmallPrimitiveReader(reader, name);
        }
        if (raw == String.class) {
            return new TextReader(reader);
        }
        if (raw == byte[].class) {
            return new BytesReader(reader);
        }
        return raw == JsonNode.class ? new TreeReader(reader) : new JsonReader(reader, name);
    }

    private static void refuse(Optional<String> problem) {
        problem.ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
    }
}
