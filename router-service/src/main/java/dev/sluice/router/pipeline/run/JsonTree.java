package dev.sluice.router.pipeline.run;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON as expressions see it, and tells who sent it what is wrong with it: Jackson tells who programs. */
final class JsonTree {

    /** Who reads it recurses, and so do all that go through the value. */
    static final int MOST_DEPTH = 500;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_DEPTH + 1)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** It cannot be read. The message goes on after what was to be read: {@code is no JSON: it ends too early.} */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private final String predicate;
        private final boolean forWantOfRoom;

        Unreadable(String predicate) {
            this(predicate, false);
        }

        private Unreadable(String predicate, boolean forWantOfRoom) {
            super(predicate, null, false, false);
            this.predicate = predicate;
            this.forWantOfRoom = forWantOfRoom;
        }

        static Unreadable noRoom() {
            return new Unreadable("is more than the router has room for.", true);
        }

        /** Then it is nobody's fault. */
        boolean forWantOfRoom() {
            return forWantOfRoom;
        }

        String predicate() {
            return predicate;
        }
    }

    private final JsonParser json;
    private final TreeRoom room;
    private int depth;

    private JsonTree(JsonParser json, TreeRoom room) {
        this.json = json;
        this.room = room;
    }

    /** As maps, lists, strings, numbers and truth values. */
    static @Nullable Object read(InputStream from, TreeRoom room) throws Unreadable {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), from)) {
            Object value = new JsonTree(json, room).value(json.nextToken());
            if (json.nextToken() != null) {
                throw new Unreadable("is no JSON: it goes on after its end" + at(json.currentTokenLocation()) + ".");
            }
            room.take();
            return value;
        } catch (UnexpectedEndOfInputException e) {
            throw endsEarly();
        } catch (StreamConstraintsException e) {
            throw new Unreadable("has a number or a name in it that is too long" + at(e.getLocation()) + ".");
        } catch (JacksonException e) {
            throw new Unreadable("is no JSON" + at(e.getLocation()) + ".");
        }
    }

    private static Unreadable endsEarly() {
        return new Unreadable("is no JSON: it ends too early.");
    }

    private static String at(@Nullable TokenStreamLocation at) {
        return at == null || at.getLineNr() < 1
                ? ""
                : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    private @Nullable Object value(@Nullable JsonToken token) throws Unreadable {
        if (token == null) {
            throw endsEarly();
        }
        room.value();
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> list();
            case VALUE_STRING -> text(json.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new Unreadable("is no JSON" + at(json.currentTokenLocation()) + ".");
        };
    }

    private String text(String text) throws Unreadable {
        room.text(text.length());
        return text;
    }

    private Map<String, @Nullable Object> object() throws Unreadable {
        deeper();
        room.table();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            room.name();
            map.put(name, value(json.nextToken()));
        }
        depth--;
        return map;
    }

    private List<@Nullable Object> list() throws Unreadable {
        deeper();
        List<@Nullable Object> list = new ArrayList<>();
        for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
            if (list.isEmpty()) {
                room.items();
            }
            list.add(value(next));
        }
        depth--;
        return list;
    }

    private void deeper() throws Unreadable {
        if (++depth > MOST_DEPTH) {
            throw new Unreadable("nests more than " + MOST_DEPTH + " deep.");
        }
    }
}
