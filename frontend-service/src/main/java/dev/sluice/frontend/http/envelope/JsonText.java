package dev.sluice.frontend.http.envelope;

import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.query.QueryOptions;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/** JSON in a request's body, read token by token without being turned into objects, and what is wrong with it as a sentence. */
public final class JsonText {

    /** Levels of nesting in a body; a deeper one would only exhaust the stack of who decodes it. */
    public static final int MAX_DEPTH = 500;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .build();

    private JsonText() {}

    /** Where the JSON of a body starts: behind a byte order mark, if there is one. */
    public static int start(ByteBuf body) {
        int start = body.readerIndex();
        boolean marked = body.readableBytes() >= 3 && body.getUnsignedMedium(start) == 0xEFBBBF;
        return marked ? start + 3 : start;
    }

    /**
     * Reads what is between two of the body's indices, and moves none.
     *
     * @param walk over the tokens
     * @throws QueryException {@code INVALID_INPUT} for what is no JSON
     */
    public static <T> T read(ByteBuf body, int start, int end, Function<JsonParser, T> walk) {
        requireUtf8(body, start, end);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), new BodyStream(body, start, end))) {
            return walk.apply(parser);
        } catch (StreamConstraintsException e) {
            throw QueryOptions.invalid(sentence("The body exceeds a limit", e));
        } catch (JacksonException e) {
            throw QueryOptions.invalid(sentence("The body is not valid JSON", e));
        }
    }

    /** The parser would follow UTF-16 and UTF-32, whose bytes no actor expects: both show a zero or a mark early. */
    private static void requireUtf8(ByteBuf body, int start, int bodyEnd) {
        int end = Math.min(bodyEnd, start + 4);
        for (int i = start; i < end; i++) {
            int b = body.getUnsignedByte(i);
            if (b == 0 || b >= 0xFE) {
                throw QueryOptions.invalid("The body is not UTF-8 JSON; send it as UTF-8.");
            }
        }
    }

    private static String sentence(String what, JacksonException e) {
        StringBuilder text = new StringBuilder(what).append(": ").append(firstLine(e.getOriginalMessage()));
        TokenStreamLocation at = e.getLocation();
        if (at != null && at.getLineNr() > 0) {
            text.append(" (line ")
                    .append(at.getLineNr())
                    .append(", column ")
                    .append(at.getColumnNr())
                    .append(')');
        }
        return text.append('.').toString();
    }

    private static String firstLine(@Nullable String message) {
        if (message == null) {
            return "it ends early";
        }
        int end = message.indexOf('\n');
        // What follows is advice to programmers who use the parser.
        int advice = message.indexOf(": enable `");
        int cut = end < 0 || (advice >= 0 && advice < end) ? advice : end;
        String line = cut < 0 ? message : message.substring(0, cut);
        return line.length() > 300 ? line.substring(0, 300) + "..." : line;
    }
}
