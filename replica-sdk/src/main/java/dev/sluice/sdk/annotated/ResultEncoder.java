package dev.sluice.sdk.annotated;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferResult;
import dev.sluice.sdk.Result;
import dev.sluice.sdk.codec.MediaTypes;
import dev.sluice.sdk.codec.ResultWriter;
import dev.sluice.sdk.tensor.TensorAnswer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Encodes what a method returned for a query and ends the query with it; a value that cannot be encoded fails its query
 * alone.
 */
final class ResultEncoder {

    /** What a link carries, and any real one has. */
    private static final int LONGEST_MEDIA_TYPE = 255;

    /** The commonest result of all; shared, so releasing it does nothing. */
    private static final ByteBuf NULL = Unpooled.unreleasableBuffer(Unpooled.directBuffer(4)
            .writeBytes("null".getBytes(StandardCharsets.US_ASCII))
            .asReadOnly());

    private final boolean results;
    private final @Nullable ResultWriter writer;
    private final String signature;

    /**
     * @param results whether values come as {@link Result}
     * @param writer null for a method without a result
     */
    ResultEncoder(boolean results, @Nullable ResultWriter writer, String signature) {
        this.results = results;
        this.writer = writer;
        this.signature = signature;
    }

    /** Ends a query with its only result. */
    void end(OpenQueries open, int query, @Nullable Object returned) {
        Failure refusal = failureIn(returned);
        if (refusal == null) {
            endWith(open, query, valueIn(returned));
        } else {
            open.fail(query, refusal);
        }
    }

    /** Why the query fails, where what was returned says so; null where it does not. */
    @Nullable Failure failureIn(@Nullable Object returned) {
        if (!results || returned instanceof Result.Ok<?>) {
            return null;
        }
        return returned instanceof Result.Failed<?> failed
                ? new Failure(ErrorCode.FAILED, String.valueOf(failed.message()))
                : failure("returned null where a Result was promised");
    }

    /** The value in what was returned, where that is no failure. */
    @Nullable Object valueIn(@Nullable Object returned) {
        return results && returned instanceof Result.Ok<?> ok ? ok.value() : returned;
    }

    /** Ends a query with an element of a primitive array. */
    void endWithElement(OpenQueries open, int query, Object array, int index) {
        if (!open.claim(query)) {
            return;
        }
        ByteBuf body;
        try {
            body = Objects.requireNonNull(writer).writeElement(array, index);
        } catch (RuntimeException | Error broken) {
            open.failClaimed(query, unwritable(broken));
            return;
        }
        open.result(query, body, MediaTypes.JSON);
    }

    /** Passes on an item of a stream; false where it could not be encoded, and the query failed. */
    boolean item(OpenQueries open, int query, Object item) {
        if (!open.isOpen(query)) {
            return true;
        }
        TensorAnswer tensors = open.answer(query);
        if (tensors != null) {
            return tensors(open, query, tensors, item);
        }
        ByteBuf body = null;
        String mediaType;
        try {
            body = writer == null ? NULL.duplicate() : writer.write(item);
            mediaType = writer == null ? MediaTypes.JSON : requireMediaType(writer.mediaType(item));
        } catch (RuntimeException | Error broken) {
            if (body != null) {
                body.release();
            }
            open.fail(query, unwritable(broken));
            return false;
        }
        open.item(query, body, mediaType);
        return true;
    }

    private void endWith(OpenQueries open, int query, @Nullable Object value) {
        if (!open.claim(query)) {
            return;
        }
        TensorAnswer tensors = open.answer(query);
        if (tensors != null) {
            endWithTensors(open, query, tensors, value);
            return;
        }
        if (value == null || writer == null) {
            open.result(query, NULL.duplicate(), MediaTypes.JSON);
            return;
        }
        ByteBuf body = null;
        String mediaType;
        try {
            body = writer.write(value);
            mediaType = requireMediaType(writer.mediaType(value));
        } catch (RuntimeException | Error broken) {
            if (body != null) {
                body.release();
            }
            open.failClaimed(query, unwritable(broken));
            return;
        }
        open.result(query, body, mediaType);
    }

    private boolean tensors(OpenQueries open, int query, TensorAnswer answer, Object item) {
        try {
            answer.clear();
            answer.add(item);
            InferResult result = answer.write();
            open.item(query, result.body(), result.mediaType());
            return true;
        } catch (QueryException refused) {
            open.fail(query, refused.failure());
        } catch (RuntimeException | Error broken) {
            open.fail(query, unwritable(broken));
        }
        return false;
    }

    private void endWithTensors(OpenQueries open, int query, TensorAnswer answer, @Nullable Object value) {
        try {
            answer.add(value);
        } catch (RuntimeException | Error broken) {
            open.failClaimed(query, unwritable(broken));
            return;
        }
        endClaimed(open, query, answer);
    }

    /** Ends a query that was claimed with the results of all its rows. */
    void endClaimed(OpenQueries open, int query, TensorAnswer answer) {
        InferResult result;
        try {
            result = answer.write();
        } catch (QueryException refused) {
            open.failClaimed(query, refused.failure());
            return;
        } catch (RuntimeException | Error broken) {
            open.failClaimed(query, unwritable(broken));
            return;
        }
        open.result(query, result.body(), result.mediaType());
    }

    private static String requireMediaType(@Nullable String mediaType) {
        if (mediaType == null) {
            throw new IllegalArgumentException("Content without a media type");
        }
        if (!mediaType.equals(MediaTypes.JSON) && !isWritable(mediaType)) {
            throw new IllegalArgumentException(
                    "Content with a media type of more than " + LONGEST_MEDIA_TYPE + " characters, or with odd ones");
        }
        return mediaType;
    }

    private static boolean isWritable(String mediaType) {
        return mediaType.length() <= LONGEST_MEDIA_TYPE && mediaType.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    }

    Failure unwritable(Throwable broken) {
        return failure("returned a value that could not be encoded: " + UserFailure.describe(broken));
    }

    private Failure failure(String what) {
        return UserFailure.sentence(signature, what);
    }
}
