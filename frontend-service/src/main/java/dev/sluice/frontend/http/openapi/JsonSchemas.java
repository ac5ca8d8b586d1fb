package dev.sluice.frontend.http.openapi;

import java.util.Map;
import java.util.Set;

/** JSON schemas for types as a {@code MethodDescriptor} writes them. What is not simple is any value, by its name. */
final class JsonSchemas {

    private static final Set<String> INTEGERS =
            Set.of("byte", "short", "int", "long", "Byte", "Short", "Integer", "Long", "BigInteger");
    private static final Set<String> NUMBERS = Set.of("float", "double", "Float", "Double", "Number", "BigDecimal");
    private static final Set<String> STRINGS = Set.of("String", "CharSequence", "char", "Character", "UUID");
    private static final Set<String> BINARY = Set.of("byte[]", "ByteBuffer", "Content");
    private static final Set<String> LISTS = Set.of("List", "Collection", "Set", "Iterable");

    private JsonSchemas() {}

    static Map<String, Object> of(String type) {
        String name = type.strip();
        if (isBinary(name) || name.indexOf('/') > 0) {
            return Map.of("type", "string", "format", "byte");
        }
        if (name.endsWith("[]")) {
            return array(name.substring(0, name.length() - 2));
        }
        int open = name.indexOf('<');
        if (open > 0 && name.endsWith(">") && LISTS.contains(simple(name.substring(0, open)))) {
            return array(name.substring(open + 1, name.length() - 1));
        }
        String simple = simple(name);
        if (INTEGERS.contains(simple)) {
            return Map.of("type", "integer");
        }
        if (NUMBERS.contains(simple)) {
            return Map.of("type", "number");
        }
        if (STRINGS.contains(simple)) {
            return Map.of("type", "string");
        }
        if (simple.equals("boolean") || simple.equals("Boolean")) {
            return Map.of("type", "boolean");
        }
        return Map.of("title", name);
    }

    /** Whether a body of this type is usually sent as it is, not as JSON. */
    static boolean isBinary(String type) {
        return BINARY.contains(simple(type.strip()));
    }

    private static Map<String, Object> array(String item) {
        return Map.of("type", "array", "items", of(item));
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
