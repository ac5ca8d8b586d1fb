package dev.sluice.frontend.flight.command;

import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.flight.ipc.NotArrowException;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryCall;
import dev.sluice.frontend.query.QueryIds;
import dev.sluice.frontend.query.QueryLabel;
import dev.sluice.frontend.query.QueryMetrics;
import dev.sluice.frontend.query.QueryOptions;
import dev.sluice.frontend.query.model.Model;
import dev.sluice.frontend.query.model.Models;
import dev.sluice.frontend.rpc.CallInfo;
import dev.sluice.frontend.rpc.GrpcOutcomes;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Makes queries of what is asked. */
public final class FlightQueries {

    /** The media type of an Arrow stream. */
    public static final String ARROW = "application/vnd.apache.arrow.stream";

    /** What a query holds beside its bytes. */
    private static final int OVERHEAD_BYTES = 1024;

    private final Gateway gateway;
    private final QueryMetrics metrics;
    private final QueryIds ids = new QueryIds();

    public FlightQueries(Gateway gateway, QueryMetrics metrics) {
        this.gateway = gateway;
        this.metrics = metrics;
    }

    /**
     * One query.
     *
     * @param model that is asked
     * @param options of the batch
     * @param id of the query
     */
    public record Asked(Model model, BatchOptions options, String id) {}

    /** The method that a command names. @throws dev.sluice.common.error.QueryException as {@link Models#find} does */
    public Model model(FlightCommand command, CallInfo info) {
        String version =
                command.version() != null ? command.version() : info.options().version();
        String method = command.method();
        if (method != null && method.indexOf(Model.METHOD_MARK) >= 0) {
            throw QueryOptions.invalid("A method's name has no '" + Model.METHOD_MARK + "' in it.");
        }
        return new Models(gateway, info.caller())
                .find(method == null ? command.actor() : command.actor() + Model.METHOD_MARK + method, version);
    }

    /** As {@link #model}; where no method is named, one that answers with Arrow comes before one that does not. */
    public Model arrowModel(FlightCommand command, CallInfo info) {
        Model model = model(command, info);
        if (command.method() == null
                && command.actor().indexOf(Model.METHOD_MARK) < 0
                && !model.method().outputType().equals(ARROW)) {
            for (MethodDescriptor other : model.actor().methods()) {
                if (other.outputType().equals(ARROW)) {
                    return new Model(model.actor(), other, model.asked());
                }
            }
        }
        return model;
    }

    /**
     * Sends a query.
     *
     * @param body is taken over, whatever comes
     * @throws dev.sluice.common.error.QueryException {@code OVERLOADED} where there is no room for it
     */
    public Flux<Answer> ask(Asked asked, ByteBuf body, String mediaType, CallInfo info) {
        long charge = body.readableBytes() + (long) OVERHEAD_BYTES;
        if (!gateway.retained().take(charge)) {
            body.release();
            throw Gateway.FULL.toException();
        }
        return gateway.call(new QueryCall(
                asked.model().actor().name(),
                asked.model().method().name(),
                asked.model().asked(),
                body,
                charge,
                mediaType,
                info.budgetNanos(asked.options().sloNanos()),
                info.priority(asked.options().priority()),
                info.caller(),
                asked.id(),
                Protocol.FLIGHT,
                info.trace()));
    }

    /**
     * Counts bytes that are held beside those of queries.
     *
     * @return what gives them back
     * @throws dev.sluice.common.error.QueryException {@code OVERLOADED} where there is no room for them
     */
    public Runnable hold(long bytes) {
        if (!gateway.retained().take(bytes)) {
            throw Gateway.FULL.toException();
        }
        return () -> gateway.retained().give(bytes);
    }

    /** What an input may have. */
    public long mostBytes() {
        return gateway.maxPayloadBytes();
    }

    /** The id of a call's only query: its own, or that of the call. */
    public String id(BatchOptions options, CallInfo info) {
        String given = options.id() != null ? options.id() : info.id();
        return given != null ? given : ids.next();
    }

    /** The id of a batch's query: its own, or that of the call with the batch's number. */
    public String id(BatchOptions options, CallInfo info, long batch) {
        String given = options.id();
        return given != null ? given : part(info.id(), "-" + batch);
    }

    /** The id of a part of something that has one. */
    public String part(@Nullable String whole, String suffix) {
        return whole == null || !QueryOptions.isId(whole + suffix) ? ids.next() : whole + suffix;
    }

    /** Counts what became no query, and says why. */
    public Failure refused(RuntimeException cause) {
        return refused(cause, GrpcOutcomes::failure);
    }

    /** Likewise, where it is known what it would have been. */
    public Failure refused(RuntimeException cause, QueryLabel label) {
        return refused(cause, label::failure);
    }

    private Failure refused(RuntimeException cause, Function<Throwable, Failure> otherwise) {
        Failure failure = cause instanceof NotArrowException
                ? new Failure(ErrorCode.INVALID_INPUT, String.valueOf(cause.getMessage()))
                : otherwise.apply(cause);
        metrics.refused(Protocol.FLIGHT, failure.code());
        return failure;
    }
}
